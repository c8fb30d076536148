// Put the phones together: which is shown, which tab is open, whose they are.
import { MiniProgram } from "./mini_program.js";
import { anotherCitizen } from "./platform.js";
import { ServiceAccount } from "./service_account.js";
import { PhoneSettings } from "./settings.js";
import { tabs } from "./tabs.js";
import { Typhoon } from "./typhoon.js";
import { NEW_CITIZEN } from "./words.js";

const byId = (id) => document.getElementById(id);

function showTime() {
  const now = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  for (const clock of document.querySelectorAll("[data-clock]")) clock.textContent = now;
}

function start() {
  const wechat = new PhoneSettings(byId("phone-wechat"));
  const alipay = new PhoneSettings(byId("phone-alipay"));
  const service = new ServiceAccount(byId("panel-service"), wechat);
  const wechatMini = new MiniProgram(byId("panel-mini"), { platform: "wechat", settings: wechat });
  const alipayMini = new MiniProgram(byId("panel-alipay"), { platform: "alipay", settings: alipay });

  tabs(document.querySelector(".app-tabs"), (panel) => {
    byId("panel-service").hidden = panel !== "panel-service";
    byId("panel-mini").hidden = panel !== "panel-mini";
    if (panel === "panel-mini") wechatMini.start();
  });
  tabs(document.querySelector(".phone-picker"), (phone) => {
    document.body.dataset.shown = phone.replace("phone-", "");
  });
  byId("new-citizen").addEventListener("click", () => {
    if (document.querySelector(".talking") && !window.confirm(NEW_CITIZEN)) return;
    anotherCitizen();
    window.location.reload();
  });
  showTime();
  setInterval(showTime, 10000);
  service.start();
  alipayMini.start();
  new Typhoon().start();
}

start();
