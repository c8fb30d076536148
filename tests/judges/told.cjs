// What the test tells a judge, on standard input; and the one line of JSON that it says back.
'use strict';

exports.told = () => JSON.parse(require('node:fs').readFileSync(0, 'utf8'));

exports.say = (verdict) => process.stdout.write(`${JSON.stringify(verdict)}\n`);
