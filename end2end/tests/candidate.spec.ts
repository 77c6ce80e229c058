// A candidate answers a question of every kind, loses nothing on the way, and every value is in the
// file that HR takes away. All of it with and without scripts.
import { item } from "../support/catalog.ts";
import { parse, type Row } from "../support/csv.ts";
import { CODES, expect, test } from "../support/house.ts";
import { at, handIn, moveUp, next, question, review, saved, spot, start, steps } from "../support/paper.ts";
import { bytes, takeFile } from "../support/staff.ts";

const items = {
  single: item(CODES.single),
  multiple: item(CODES.multiple),
  numeric: item(CODES.numeric),
  ordering: item(CODES.ordering),
  rating: item(CODES.rating),
  bestWorst: item(CODES.bestWorst),
  diagnosis: item(CODES.diagnosis),
};

test("every kind of answer survives everything and is in the export", async ({
  stranger,
  invited,
  as,
  everyKind,
  javaScriptEnabled,
}) => {
  test.slow();
  const { link, email } = await invited("Åsa Ødegård");
  const first = await stranger();
  /** What the export must say, by code. */
  const wanted: Record<string, string> = {};
  /** Where each step was put, in the right order of the steps. */
  let places: number[] = [];

  await test.step("welcome says what is ahead, and starts by a button", async () => {
    await first.goto(link);
    await expect(first).toHaveURL(/\/take\/[0-9a-f-]+$/);
    await expect(first.getByRole("heading", { level: 1, name: everyKind.title })).toBeVisible();
    await expect(first.getByText("You have 45 minutes.")).toBeVisible();
    await expect(first.getByRole("row", { name: /^One of each 7/ })).toBeVisible();
    await start(first, link);
  });

  await test.step("single choice, changed once", async () => {
    const [wrong, right] = [items.single.choices[0]!, items.single.choices[2]!];
    await question(first).getByRole("radio", { name: wrong.text, exact: true }).check();
    if (javaScriptEnabled) await saved(first);
    await next(first, 2);
    await first.goBack();
    await at(first, 1);
    await expect(question(first).getByRole("radio", { name: wrong.text, exact: true })).toBeChecked();
    await question(first).getByRole("radio", { name: right.text, exact: true }).check();
    wanted[CODES.single] = right.id;
    await next(first, 2);
  });

  await test.step("multiple response, flagged for later", async () => {
    const ticked = items.multiple.choices.filter((one) => ["c", "e"].includes(one.id));
    for (const one of ticked) await question(first).getByRole("checkbox", { name: one.text, exact: true }).check();
    await question(first).getByRole("checkbox", { name: "Flag for later" }).check();
    wanted[CODES.multiple] = "c; e";
    await next(first, 3);
    await expect(spot(first, 2)).toHaveAccessibleName(/answered, flagged/);
  });

  await test.step("a number with a decimal comma", async () => {
    await question(first).getByRole("textbox").fill("10,2");
    wanted[CODES.numeric] = "10.2";
    await next(first, 4);
  });

  await test.step("ordering, by the arrows", async () => {
    const words = items.ordering.choices.map((step) => step.text);
    await expect(steps(first)).toHaveCount(words.length);
    const before = await steps(first).allInnerTexts();
    const order = before.map((text) => words.find((word) => text.includes(word))!);
    const last = order.pop()!;
    await moveUp(first, last);
    await expect(first.getByText("Step moved to place 4 of 5.")).toBeAttached();
    await expect(question(first).getByRole("button", { name: `Move up: ${last}` })).toBeFocused();
    order.splice(3, 0, last);
    await expect(steps(first)).toContainText(order);
    // The ids of steps are others on the paper: those of the file stand in the right order.
    const ids = await steps(first).evaluateAll((all) => all.map((step) => step.getAttribute("data-step")));
    wanted[CODES.ordering] = ids.join(" > ");
    places = items.ordering.choices.map(({ text }) => order.indexOf(text) + 1);
    await next(first, 5);
  });

  await test.step("rating of every response", async () => {
    const scale = ["very effective", "rather effective", "rather ineffective", "very ineffective", "very effective"];
    const value = ["very ineffective", "rather ineffective", "rather effective", "very effective"];
    for (const [n, response] of items.rating.choices.entries()) {
      const row = question(first).getByRole("radiogroup", { name: response.text });
      await row.getByRole("radio", { name: scale[n]!, exact: true }).check();
    }
    wanted[CODES.rating] = items.rating.choices.map(({ id }, n) => `${id}=${value.indexOf(scale[n]!) + 1}`).join("; ");
    await next(first, 6);
  });

  await test.step("the best and the worst", async () => {
    const [best, worst] = [items.bestWorst.choices[2]!, items.bestWorst.choices[0]!];
    const row = (text: string) => question(first).getByRole("group", { name: text, exact: true });
    await row(best.text).getByRole("radio", { name: "most effective" }).check();
    await row(worst.text).getByRole("radio", { name: "least effective" }).check();
    wanted[CODES.bestWorst] = `best=${best.id}; worst=${worst.id}`;
    await next(first, 7);
  });

  await test.step("diagnosis on lines of a log", async () => {
    const cause = items.diagnosis.choices.find((one) => one.id === "b")!;
    await question(first).getByRole("radio", { name: cause.text, exact: true }).check();
    const line = (id: string) => question(first).getByRole("checkbox", { name: new RegExp(`^${id} `) });
    await line("L5").check();
    await line("L8").check();
    wanted[CODES.diagnosis] = "cause=b; evidence=L5+L8";
  });

  await test.step("the palette saves and leads; a reload loses nothing", async () => {
    await spot(first, 2).click();
    await at(first, 2);
    await expect(spot(first, 7)).toHaveAccessibleName(/7 ?, answered/);
    if (javaScriptEnabled) await saved(first);
    await first.reload();
    await at(first, 2);
    for (const one of items.multiple.choices) {
      const box = question(first).getByRole("checkbox", { name: one.text, exact: true });
      await expect(box).toBeChecked({ checked: ["c", "e"].includes(one.id) });
    }
    await expect(question(first).getByRole("checkbox", { name: "Flag for later" })).toBeChecked();
  });

  const second = await stranger();
  await test.step("a second device takes over after a question", async () => {
    await second.goto(link);
    await expect(second.getByRole("heading", { name: "This assessment is open on another device" })).toBeVisible();
    if (javaScriptEnabled) {
      // The first device hears of it at once; what it could not send by then is late.
      await first.route("**/do/save", (route) => route.abort());
      await question(first).getByRole("checkbox", { name: items.multiple.choices[0]!.text, exact: true }).check();
    }
    await second.getByRole("button", { name: "Continue on this device" }).click();
    await at(second, 1);
    await spot(second, 3).click();
    await at(second, 3);
    await expect(question(second).getByRole("textbox")).toHaveValue("10,2");
  });

  await test.step("the first device can only look now, and its late text does not count", async () => {
    const box = question(first).getByRole("checkbox", { name: items.multiple.choices[0]!.text, exact: true });
    if (!javaScriptEnabled) {
      await box.check();
      await spot(first, 3).click();
    }
    await expect(first.getByText("Another device works on this assessment now.").first()).toBeVisible();
    if (javaScriptEnabled) {
      await expect(box).toBeDisabled();
      const late = first.waitForResponse("**/do/save");
      await first.unroute("**/do/save");
      expect((await late).status()).toBe(409);
    }
  });

  await test.step("review, submit, receipt", async () => {
    await spot(second, 7).click();
    await at(second, 7);
    await review(second);
    await expect(second.getByText("7 of 7", { exact: true })).toBeVisible();
    await expect(second.getByRole("listitem").filter({ hasText: "answered, flagged" }).first()).toBeVisible();
    await handIn(second);
    await expect(second.getByRole("row", { name: "Answered 7 of 7" })).toBeVisible();
  });

  await test.step("every value is in the file, and the receipt is the same", async () => {
    const receipt = (await second.getByText(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/).innerText()).replaceAll(" ", "");
    const hr = await as("hr");
    const mine = async (file: "Answers" | "Results"): Promise<Row[]> => {
      await hr.goto(`${everyKind.path}/export`);
      const all = parse(await bytes(await takeFile(hr, file, "Programs")));
      return all.filter((row) => row.email === email);
    };
    const answers = await mine("Answers");
    expect(Object.fromEntries(answers.map((row) => [row.item, row.response]))).toEqual(wanted);
    expect(answers.map((row) => row.item)).toEqual(Object.values(CODES));
    expect(new Set(answers.map((row) => row.response_state))).toEqual(new Set(["complete"]));
    const [result, ...others] = await mine("Results");
    expect(others).toEqual([]);
    expect(result).toMatchObject({
      status: "submitted",
      finalised_by: "candidate",
      last_name: "Åsa Ødegård",
      questions_answered: "7",
      receipt_hash: receipt,
      late_answers: "1",
    });
  });

  await test.step("the page of the result says the same about the order", async () => {
    const page = await as("recruiter");
    await page.goto(`${everyKind.path}/results?q=${email}`);
    await page.getByRole("link", { name: "Åsa Ødegård" }).click();
    for (const [n, { text }] of items.ordering.choices.entries()) {
      const said = page.getByRole("row", { name: text }).getByText(`Place ${n + 1}, answered ${places[n]}`);
      await expect(said).toBeVisible();
    }
  });
});
