import { expect, test } from "@playwright/test";

test("a stranger is asked to sign in, and nothing complains", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));

  const answer = await page.goto("/");

  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByLabel(/password/i)).toBeVisible();
  expect(complaints).toEqual([]);
});
