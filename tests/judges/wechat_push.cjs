// An independent library checks a push's signature, opens it, and closes a reply.
'use strict';

const { decrypt, encrypt, getSignature } = require('@wecom/crypto');
const { told, say } = require('./told.cjs');

const { token, encodingAesKey, timestamp, nonce, encrypted, appId, answer } = told();
const { message, id } = decrypt(encodingAesKey, encrypted);
const reply = encrypt(encodingAesKey, answer, appId);
say({
  signature: getSignature(token, timestamp, nonce, encrypted),
  message,
  id,
  reply,
  replySignature: getSignature(token, timestamp, nonce, reply),
});
