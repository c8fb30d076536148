// Read codes by the camera, where the browser has a reader of its own; elsewhere say what to do instead.
export async function scan({ button, view, found, cannot }) {
  if (!(await able())) return cannot("nocamera");
  const reader = new BarcodeDetector({ formats: ["qr_code"] });
  button.hidden = false;
  button.addEventListener("click", async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return cannot("blocked");
    }
    view.srcObject = stream;
    view.hidden = false;
    await view.play();
    const text = await first(reader, view);
    for (const one of stream.getTracks()) one.stop();
    view.hidden = true;
    if (text) await found(text);
  });
}

async function able() {
  if (!("BarcodeDetector" in globalThis) || !navigator.mediaDevices) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

// The first code that comes before the camera, within a minute.
async function first(reader, view) {
  for (const until = Date.now() + 60000; Date.now() < until; ) {
    const seen = await reader.detect(view).catch(() => []);
    if (seen.length) return seen[0].rawValue;
    await new Promise((done) => setTimeout(done, 150));
  }
  return null;
}
