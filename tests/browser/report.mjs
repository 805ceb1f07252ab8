// Opens report pages in a real browser: every cell of one code leads to as many quotes as it says, in every unit;
// nothing is fetched, nothing is logged, axe-core finds no fault, nothing is wider than the screen.
//
// In a folder of your own:  npm install playwright-core axe-core
// Then, from there:         node <repository>/tests/browser/report.mjs page.html [more.html ...]
// A page is made with:      temakart report corpora/fjellregionen --out page.html
// CHROMIUM names the browser where it is not /usr/bin/chromium. Without browser or packages it says so and ends well.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const require = createRequire(resolve("package.json"));
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const skip = (why) => { console.log(`skipped: ${why}`); process.exit(0); };
if (!existsSync(chromium)) skip(`no browser at ${chromium}`);
let playwright, axe;
try {
  playwright = require("playwright-core");
  axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
} catch { skip("playwright-core and axe-core are not installed here"); }
const pages = process.argv.slice(2);
if (!pages.length) { console.error("which pages? node report.mjs page.html"); process.exit(2); }

const faults = [];
const check = (holds, what) => { if (!holds) faults.push(what); };
const switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await playwright.chromium.launch({ executablePath: chromium, args: switches });

const open = async (file, width, height, options = {}) => {
  const page = await browser.newPage({ viewport: { width, height }, ...options });
  const address = pathToFileURL(resolve(file)).href;
  page.on("console", (message) => faults.push(`${file}: logged ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${file}: ${error}`));
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) faults.push(`${file}: asked for ${request.url()}`);
  });
  const start = Date.now();
  await page.goto(address);
  await page.waitForFunction(() => document.getElementById("status").textContent !== "");
  return [page, Date.now() - start];
};

/** The script has followed a link. */
const arrived = (page, href) => page.waitForFunction((to) => document.getElementById("status").dataset.address === to, href);

/** Clicks every cell of the row with most mentions, in each unit that counts. */
const cells = async (file, page) => {
  let clicked = 0;
  for (const unit of ["mentions", "segments", "documents"]) {
    const value = { mentions: "0", segments: "1", documents: "2" }[unit];
    await page.check(`#units input[value="${value}"]`);
    const row = await page.evaluate(() => {
      const number = (tr) => Number(tr.querySelector("td:last-child").textContent.replace(/\D/g, ""));
      const rows = [...document.querySelectorAll("#heat tbody tr")];
      return rows.indexOf(rows.reduce((best, tr) => (number(tr) > number(best) ? tr : best)));
    });
    const links = page.locator("#heat tbody tr").nth(row).locator("td a");
    for (let index = 0; index < (await links.count()); index++) {
      const shown = Number((await links.nth(index).textContent()).replace(/\D/g, ""));
      await links.nth(index).click();
      await arrived(page, await links.nth(index).getAttribute("href"));
      const counts = await page.evaluate(() => ({ ...document.getElementById("status").dataset }));
      check(Number(counts[unit]) === shown, `${file}: cell ${index} says ${shown} ${unit}, its quotes are ${counts[unit]}`);
      // All pages of the list together have a line for each mention.
      let lines = 0;
      for (;;) {
        lines += await page.locator("#list > li").count();
        if ((await page.locator("#pager").isHidden()) || (await page.locator("#next").isDisabled())) break;
        await page.click("#next");
      }
      check(lines === Number(counts.mentions), `${file}: cell ${index} has ${counts.mentions} mentions and lists ${lines}`);
      clicked += 1;
    }
  }
  return clicked;
};

/** Every mark of every picture leads to at least one quote, as many as its name says where that is a number of mentions. */
const marks = async (file, page) => {
  const hrefs = await page.evaluate(() => [...document.querySelectorAll("svg a")].map((a) => [a.getAttribute("href"), a.getAttribute("aria-label")]));
  for (const [href, name] of hrefs.filter((_, index) => index % Math.ceil(hrefs.length / 60) === 0)) {
    await page.evaluate((to) => { location.hash = to; }, href);
    await arrived(page, href);
    const counts = await page.evaluate(() => ({ ...document.getElementById("status").dataset }));
    const said = name.match(/: ([\d\u202f,]+)\s(omtale|mention)/);
    if (said) check(Number(counts.mentions) === Number(said[1].replace(/\D/g, "")), `${file}: ${name} leads to ${counts.mentions}`);
    const both = name.match(/: ([\d\u202f,]+)\s(tekstsegment|segment)/);
    if (both) check(Number(counts.segments) === Number(both[1].replace(/\D/g, "")), `${file}: ${name} leads to ${counts.segments} segments`);
  }
  return hrefs.length;
};

for (const file of pages) {
  const sizes = { phone: [390, 844], laptop: [1366, 768], projector: [1920, 1080] };
  for (const [name, [width, height]] of Object.entries(sizes)) {
    for (const colorScheme of ["light", "dark"]) {
      const [page, took] = await open(file, width, height, { colorScheme });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(wide <= 0, `${file}: ${wide} pixels wider than a ${name}`);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run());
      for (const violation of found.violations) {
        faults.push(`${file}: axe ${name} ${colorScheme}: ${violation.id}: ${violation.help}: ${violation.nodes[0].html.slice(0, 200)}`);
      }
      console.log(`${file}: ${name} ${colorScheme}: open in ${took} ms, axe ${found.violations.length} violations`);
      await page.close();
    }
  }
  for (const width of [390, 1200, 1440, 1920]) {
    const [page] = await open(file, width, 900);
    const hidden = await page.evaluate(() => {
      const totals = [...document.querySelectorAll("#heat .total")].map((cell) => cell.getBoundingClientRect());
      return totals.filter((at) => at.left < 0 || at.right > document.documentElement.clientWidth).length;
    });
    check(hidden === 0, `${file}: ${hidden} totals out of sight at ${width} pixels`);
    await page.close();
  }
  const [page] = await open(file, 1366, 768);
  console.log(`${file}: ${await cells(file, page)} cells clicked, ${await marks(file, page)} marks in pictures`);
  await page.keyboard.press("Tab");
  await page.close();
  const [plain] = await Promise.all([browser.newPage({ javaScriptEnabled: false })]);
  await plain.goto(pathToFileURL(resolve(file)).href);
  check(await plain.locator("#heat").isVisible(), `${file}: no table without scripts`);
  await plain.close();
}
await browser.close();
for (const fault of faults) console.error(`fault: ${fault}`);
console.log(faults.length ? `${faults.length} faults` : "no faults");
process.exit(faults.length ? 1 : 0);
