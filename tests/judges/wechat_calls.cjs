// A public WeChat client gets a token, logs a citizen in and writes to one.
'use strict';

// The package's main entry needs a module that a fresh install lacks; this application does not.
const App = require('node-easywechat/dist/MiniApp/Application');
const { told, say } = require('./told.cjs');

async function main() {
  const { base, mini, service, code, openid, text } = told();
  const http = { baseURL: base };
  const page = new App({ app_id: mini.appId, secret: mini.secret, http });
  const session = await page.getUtils().codeToSession(code);
  const account = new App({ app_id: service.appId, secret: service.secret, http });
  const token = await account.getAccessToken().getToken();
  const message = { touser: openid, msgtype: 'text', text: { content: text } };
  const client = account.getClient();
  const response = await client.request('POST', '/cgi-bin/message/custom/send', { json: message });
  say({ openid: session.openid, sessionKey: session.session_key, token, sent: response.toObject() });
}

main();
