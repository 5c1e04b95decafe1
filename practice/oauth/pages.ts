/** Pages of the OAuth 2.0 server, as plain as they can be; a test reads them by their labels. */

/** A page of its own. `body` is markup, with every value already escaped. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
body { font: 1rem/1.5 sans-serif; max-width: 24rem; margin: 3rem auto; padding: 0 1rem }
label { display: block; margin-block: 1rem } input { display: block; width: 100%; font: inherit; padding: 0.4rem }
button { font: inherit; padding: 0.5rem 1rem; margin-inline-end: 0.5rem }
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${body}
</body>
</html>
`
}

/** The page that asks for a name and a password. */
export function signInPage(action: string, problem: string | null): string {
  return page(
    'Sign in to matrix.org',
    `${problemLine(problem)}<form method="post" action="${escaped(action)}">
<label>Username <input name="username" autocomplete="username" autofocus required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button name="do" value="signIn">Sign in</button>
</form>
<form method="post" action="${escaped(action)}"><button name="do" value="toSignUp">Create an account</button></form>`,
  )
}

/** The page that makes an account. */
export function signUpPage(action: string, username: string, problem: string | null): string {
  return page(
    'Create an account on matrix.org',
    `${problemLine(problem)}<form method="post" action="${escaped(action)}">
<label>Username <input name="username" autocomplete="username" value="${escaped(username)}" autofocus required></label>
<label>Password <input name="password" type="password" autocomplete="new-password" required></label>
<label>Confirm password <input name="confirmation" type="password" autocomplete="new-password" required></label>
<button name="do" value="signUp">Create account</button>
</form>
<form method="post" action="${escaped(action)}"><button name="do" value="toSignIn">I have an account</button></form>`,
  )
}

/** The page that asks whether an app may have the account. */
export function consentPage(action: string, app: string, homepage: string, username: string): string {
  return page(
    `Continue to ${app}?`,
    `<p>${escaped(app)} (${escaped(homepage)}) wants to use your account <strong>${escaped(username)}</strong>.</p>
<form method="post" action="${escaped(action)}">
<button name="do" value="consent">Continue</button><button name="do" value="deny">Cancel</button>
</form>`,
  )
}

/** Text that may stand anywhere in a page. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}

function problemLine(problem: string | null): string {
  return problem === null ? '' : `<p role="alert">${escaped(problem)}</p>\n`
}
