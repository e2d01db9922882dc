// Finds profiles in the list by name, code, region, level, year and language, and keeps in the page's
// address what is sought. The list is whole without it.
"use strict";

(() => {
  const at = (id) => document.getElementById(id);
  const form = at("find");
  const cards = [...at("profiles").children];
  const page = document.documentElement.lang;

  // "Cote d’Ivoire" finds "Côte d'Ivoire".
  const plain = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘']/g, "'").toLowerCase();

  const languages = (card) =>
    card.dataset.language.split(";").filter(Boolean).map((each) => each.split(":"));

  // What each list offers of a card: values with the words for them.
  const offers = {
    region: ({ dataset }) => (dataset.region ? [[dataset.region, dataset.regionName]] : []),
    level: ({ dataset }) => [[dataset.level, dataset.levelName]],
    year: ({ dataset }) => [[dataset.year, dataset.year]],
    language: languages,
  };
  const fields = ["name", ...Object.keys(offers)];

  for (const [id, offered] of Object.entries(offers)) {
    const known = new Map(cards.flatMap(offered));
    const sorted = [...known].sort((one, other) => one[1].localeCompare(other[1], page));
    if (id === "year") sorted.reverse();
    for (const [value, words] of sorted) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = words;
      if (id === "language") option.lang = value;
      at(id).append(option);
    }
    at(id).closest("p").hidden = known.size < 2;
  }

  const find = () => {
    const words = plain(at("name").value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      const known = plain(card.dataset.foundBy);
      const fits =
        words.every((word) => known.includes(word)) &&
        Object.entries(offers).every(
          ([id, offered]) => !at(id).value || offered(card).some(([value]) => value === at(id).value),
        );
      card.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    at("shown").textContent = shown.toLocaleString(page);
    at("nothing").hidden = shown > 0;
    at("every").hidden = shown === cards.length;
  };

  // The address of this list, and of the lists in other languages, has what is sought.
  const keep = () => {
    const sought = new URLSearchParams(fields.map((id) => [id, at(id).value]).filter(([, value]) => value));
    const query = sought.size ? `?${sought}` : "";
    history.replaceState(null, "", location.pathname + query);
    for (const link of document.querySelectorAll(".languages a")) {
      link.href = link.getAttribute("href").split("?")[0] + query;
    }
  };

  const asked = new URLSearchParams(location.search);
  for (const id of fields) at(id).value = asked.get(id) ?? "";
  for (const id of Object.keys(offers)) at(id).value ||= "";

  form.addEventListener("input", () => { find(); keep(); });
  form.addEventListener("reset", () => setTimeout(() => { find(); keep(); at("name").focus(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  find();
  keep();
})();
