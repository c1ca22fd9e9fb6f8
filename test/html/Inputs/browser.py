"""A report in headless Chromium: what the tests of this folder share.

Nothing here sleeps: every step waits for what it needs to see, ten seconds at most.
"""
import json
import os
import sys

sys.dont_write_bytecode = True  # nothing is left in the source tree

from selenium import webdriver  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402,F401
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

# Text of too little contrast with what is behind it (WCAG AA: 4.5).
POOR_CONTRAST = """
const parts = (color) => color.match(/[\\d.]+/g).map(Number);
const light = (color) => {
  const [r, g, b] = parts(color).slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (element) => {
  for (; element; element = element.parentElement) {
    const color = getComputedStyle(element).backgroundColor;
    if ((parts(color)[3] ?? 1) === 1) return color;
  }
  return "rgb(255, 255, 255)";
};
const poor = [];
for (const element of document.querySelectorAll("body *")) {
  if (!element.checkVisibility() || ![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
  const two = [light(getComputedStyle(element).color), light(ground(element))];
  const [a, b] = two.sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < 4.5) poor.push(`${element.tagName}.${element.className} '${element.textContent.slice(0, 30)}' ${ratio.toFixed(2)}`);
}
return poor;
"""


class Report:
    def __init__(self, path, pictures=None):
        options = webdriver.ChromeOptions()
        for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"):
            options.add_argument(word)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        # A home of its own: the tests have none.
        self.address = "file://" + os.path.abspath(path)
        self.pictures = pictures
        if pictures:
            os.makedirs(pictures, exist_ok=True)
        self.chromium = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))

    def __enter__(self):
        self.size(1280, 860)
        self.chromium.get(self.address)
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.quiet()
            elif self.pictures:
                self.picture("failed")
        finally:
            self.chromium.quit()

    def quiet(self):
        """No message on the console, no request but for the page itself."""
        assert (log := self.chromium.get_log("browser")) == [], log
        for entry in self.chromium.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                assert url.split("#")[0] == self.address or url.startswith("data:"), url

    def size(self, width, height):
        self.chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def scheme(self, name):
        self.chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": name}]})

    def script(self, text, *arguments):
        return self.chromium.execute_script(text, *arguments)

    def wait(self, condition, what):
        return WebDriverWait(self.chromium, 10, poll_frequency=0.05).until(lambda _: condition(), what)

    def all(self, selector):
        return self.chromium.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.script("return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)", selector)

    def shows(self, selector, part):
        self.wait(lambda: any(part in text for text in self.text(selector)),
                  f"'{part}' in {selector}: {self.text(selector)}")

    def hash(self):
        return self.script("return location.hash")

    def click(self, selector, part=""):
        found = self.wait(lambda: [e for e in self.all(selector) if part in e.text], f"'{part}' to click in {selector}")
        self.script("arguments[0].scrollIntoView({block: 'center'})", found[0])
        found[0].click()

    def view(self, name):
        self.click("#views a", name)
        self.wait(lambda: self.text("#views a[aria-current]")[0].startswith(name), f"the view {name}")

    def choose(self, name, value):
        Select(self.all(f"[data-filter={name}]")[0]).select_by_value(value)

    def keys(self, *keys):
        ActionChains(self.chromium).send_keys(*keys).perform()

    def rows(self):
        return self.text(".rows .row")

    def selected(self):
        return self.text(".rows .row[aria-selected=true]")

    def picture(self, name):
        if self.pictures:
            self.chromium.save_screenshot(os.path.join(self.pictures, name + ".png"))
