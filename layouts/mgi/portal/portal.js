// Finds profiles in the list by name, region, level, year and language. The list is whole without it.
"use strict";

(() => {
  const at = (id) => document.getElementById(id);
  const form = at("find");
  const cards = [...at("profiles").children];

  // "Cote d’Ivoire" finds "Côte d'Ivoire".
  const plain = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f\u064b-\u065f]/g, "").replace(/[’‘']/g, "'").toLowerCase();

  const languages = (card) =>
    card.dataset.language.split(";").filter(Boolean).map((each) => each.split(":"));

  // What each list offers of a card: values with the words for them.
  const offers = {
    region: (card) => (card.dataset.region ? [[card.dataset.region, card.dataset.region]] : []),
    level: (card) => [[card.dataset.level, card.dataset.levelName]],
    year: (card) => [[card.dataset.year, card.dataset.year]],
    language: languages,
  };

  for (const [id, offered] of Object.entries(offers)) {
    const known = new Map(cards.flatMap(offered));
    const sorted = [...known].sort((one, other) => one[1].localeCompare(other[1], document.documentElement.lang));
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
      const name = plain(card.dataset.name);
      const fits =
        words.every((word) => name.includes(word)) &&
        Object.entries(offers).every(
          ([id, offered]) => !at(id).value || offered(card).some(([value]) => value === at(id).value),
        );
      card.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    at("shown").textContent = shown.toLocaleString(document.documentElement.lang);
    at("nothing").hidden = shown > 0;
  };

  form.addEventListener("input", find);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  if (form.querySelector("input").value || [...form.querySelectorAll("select")].some(({ value }) => value)) find();
})();
