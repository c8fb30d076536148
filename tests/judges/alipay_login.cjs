// Alipay's own client logs in at the simulated gateway, with verification of answers on.
'use strict';

const { AlipaySdk } = require('alipay-sdk');
const { told, say } = require('./told.cjs');

async function main() {
  const { appId, privateKey, alipayPublicKey, gateway, code } = told();
  const sdk = new AlipaySdk({ appId, privateKey, keyType: 'PKCS8', alipayPublicKey, gateway });
  try {
    const options = { validateSign: true };
    const params = { grantType: 'authorization_code', code };
    say(await sdk.exec('alipay.system.oauth.token', params, options));
  } catch (error) {
    say({ refused: String(error.message) });
  }
}

main();
