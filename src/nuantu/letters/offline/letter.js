"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = read("words");
  const sealed = read("sealed");
  const main = document.querySelector("main");
  const utf8 = new TextEncoder();
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const text64 = (buffer) => btoa(Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join(""));
  const canonical = (fields) =>
    JSON.stringify(Object.fromEntries(Object.keys(fields).sort().map((name) => [name, fields[name]])));

  const make = (tag, values = {}, ...inside) => {
    const made = document.createElement(tag);
    Object.entries(values).forEach(([name, value]) => made.setAttribute(name, value));
    inside.forEach((one) => made.append(one));
    return made;
  };
  const say = (key) => {
    const made = document.createDocumentFragment();
    made.append(words[key][0], make("small", { lang: "en" }, words[key][1]));
    return made;
  };
  const field = (key, tag, values) => {
    const box = make(tag, { id: key, ...(tag === "input" ? { type: "text" } : {}), ...values });
    return [make("label", { for: key }, say(key)), box];
  };
  const fault = () => make("p", { class: "fault", role: "alert" });
  const tell = (where, key, look = "fault") => {
    where.className = look;
    where.replaceChildren(say(key));
  };

  const aes = (raw, use) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, [use]);
  const openWith = async (passphrase) => {
    const root = await crypto.subtle.importKey("raw", utf8.encode(passphrase), "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(sealed.salt), iterations: sealed.rounds };
    const key = await aes(await crypto.subtle.deriveBits(how, root, 256), "decrypt");
    const { digest, sealed: cipher, ...bound } = sealed;
    const way = { name: "AES-GCM", iv: bytes(sealed.nonce), additionalData: utf8.encode(canonical(bound)) };
    const inside = await crypto.subtle.decrypt(way, key, bytes(cipher));
    return JSON.parse(new TextDecoder().decode(inside));
  };
  // Whether the signature is right; null where an older browser knows no Ed25519 and cannot tell.
  const isSigned = async (inside) => {
    const [raw, signature] = [inside.key, inside.signature].map((text) => bytes(text));
    if (raw.length !== 32 || signature.length !== 64) {
      return false;
    }
    try {
      const key = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
      return await crypto.subtle.verify("Ed25519", key, signature, utf8.encode(inside.content));
    } catch {
      return null;
    }
  };
  const fingerprint = async (key) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(key)));
    const whole = digest.reduce((sum, one) => sum * 256n + BigInt(one), 0n);
    return (whole % 10n ** 30n).toString().padStart(30, "0").match(/.{5}/g).join(" ");
  };

  const answerFile = async (letter, said) => {
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const head = { file: letter.file, kind: "answer", nonce: text64(nonce), nuantu: 1, number: letter.number };
    const key = await aes(bytes(letter.answer_key), "encrypt");
    const way = { name: "AES-GCM", iv: nonce, additionalData: utf8.encode(canonical(head)) };
    const cipher = await crypto.subtle.encrypt(way, key, utf8.encode(canonical(said)));
    const fields = { ...head, sealed: text64(cipher) };
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(canonical(fields))));
    return canonical({ ...fields, digest: Array.from(digest, (one) => one.toString(16).padStart(2, "0")).join("") });
  };
  const save = (name, content) => {
    const url = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    const link = make("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  };

  const answering = (letter) => {
    const choices = letter.answers.map((one) =>
      make("label", { class: "choice" }, make("input", { type: "radio", name: "answer", value: one }),
        make("span", {}, say(`answer_${one}`))));
    const note = fault();
    const isTaking = ["take", "arrival"].includes(letter.kind);
    const form = make("form", { novalidate: "" }, make("h2", {}, say("answer")),
      make("fieldset", {}, make("legend", {}, say("choose")), ...choices),
      ...field("words", "textarea", { maxlength: "1000" }), ...(isTaking ? field("waits", "textarea", { maxlength: "1000" }) : []), ...field("by", "input", { maxlength: "60", autocomplete: "off" }),
      make("button", {}, say("save")), note);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const chosen = form.querySelector("input[name=answer]:checked");
      const [said, by] = ["words", "by"].map((id) => form.querySelector(`#${id}`).value.trim());
      if (!chosen || !said || !by) {
        tell(note, "missing");
        return;
      }
      const waits = isTaking ? form.querySelector("#waits").value.trim() : "";
      const answered = { answer: chosen.value, by, ...(waits ? { waits } : {}), words: said };
      save(`${letter.number}-answer.json`, await answerFile(letter, answered));
      tell(note, "saved", "done");
    });
    return make("section", {}, form);
  };
  const unchecked = (digits) => make("section", { class: "unchecked", role: "alert" }, make("h2", {}, say("unchecked")),
    make("p", {}, say("compare")), make("p", { class: "digits" }, digits));
  const show = async (letter, key, isChecked) => {
    const digits = await fingerprint(key);
    const lines = (pairs) => make("dl", {}, ...pairs.flatMap(([label, value]) => [make("dt", {}, label), make("dd", {}, value)]));
    const day = (moment) => moment.slice(0, 16).replace("T", " ");
    const isOver = Date.parse(letter.valid_until) < Date.now();
    main.replaceChildren(make("h1", {}, letter.title, make("small", {}, letter.number)),
      make("section", {}, make("p", { class: "words" }, letter.words), lines(letter.facts)),
      make("section", {}, lines([[say("from"), letter.from.name], [say("phone"), letter.from.phone],
        [say("fingerprint"), digits], [say("to"), letter.to], [say("asked"), day(letter.asked_at)],
        [say("due"), day(letter.due_at)], [say("until"), day(letter.valid_until)]])));
    if (letter.talk.length) {
      main.append(make("section", {}, make("h2", {}, say("talk")),
        lines(letter.talk.map(([event, at, org, by, text]) => [make("span", {}, say(event), `${day(at)} ${org} ${by}`), text]))));
    }
    main.append(isOver ? make("section", {}, say("over")) : answering(letter));
    if (!isChecked) {
      main.querySelector("h1").after(unchecked(digits));
    }
    main.querySelector("h1").setAttribute("tabindex", "-1");
    main.querySelector("h1").focus();
  };

  const note = fault();
  const button = make("button", {}, say("open"));
  const form = make("form", { novalidate: "" }, make("h1", {}, say("title")), make("p", {}, say("what")),
    ...field("passphrase", "input", { autocomplete: "off", autocapitalize: "off", spellcheck: "false" }), button, note);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    note.replaceChildren();
    let fault = "wrong";
    try {
      const inside = await openWith(form.querySelector("#passphrase").value.trim());
      fault = "forged";
      const isRight = await isSigned(inside);
      if (isRight !== false) {
        await show(JSON.parse(inside.content), inside.key, isRight);
        return;
      }
    } catch {
      // what failed is told below
    }
    button.disabled = false;
    tell(note, fault);
  });
  main.append(make("section", {}, form));
  if (!globalThis.crypto || !crypto.subtle) {
    tell(note, "old");
    button.disabled = true;
  }
})();
