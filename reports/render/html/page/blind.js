// What was not seen, by kind: with the processes, or the sources, that it concerns.
const blindItems = [...groupBy(data.blind_spots.kind.keys(), (i) => data.blind_spots.kind[i])].map(([kind, spots]) => {
  const processes = new Set(spots.map((i) => one(data.blind_spots.image[i])).filter((i) => i !== null));
  return {
    kind: text(kind),
    spots,
    processes: [...processes],
    haystack: [
      text(kind), ...spots.map((i) => text(data.blind_spots.detail[i])), ...[...processes].map((i) => imageName(i))
    ].join("\n").toLowerCase()
  };
});

function blindDetail(position) {
  const {kind, spots} = blindItems[position];
  const details = [...groupBy(spots, (i) => data.blind_spots.detail[i])];
  return [
    h("h2", null, kind),
    limited(
        details,
        ([detail, same]) => {
          const images = same.map((i) => one(data.blind_spots.image[i])).filter((i) => i !== null);
          const programs = [...groupBy(images, programOf)].sort((a, b) => b[1].length - a[1].length);
          return h(
              "li", null,
              h("p", null, text(detail) || faint("no detail"),
                images.length > 1 ? faint(` (${counted(images.length, "process", "processes")})`) : ""),
              programs.length > 0 ?
                  h("div", {class: "indent"},
                    programs.map(
                        ([program, of]) =>
                            h("div", null, h("b", null, program), ": ",
                              limited(
                                  of, (i) => h("span", null, link("processes", imageId(i), imageId(i)), " "),
                                  {tag: "span", limit: 30, noun: "processes"})))) :
                  "");
        },
        {noun: "details"}),
  ];
}

const blindView = {
  id: "blind",
  title: "Blind spots",
  total: blindItems.length,
  columns: ["Kind", "What", "Processes"],
  filters: [],
  rows: (words) => filterItems(blindItems, {}, words, {}),
  cells: (item) =>
      [{content: h("b", null, item.kind)}, {content: text(data.blind_spots.detail[item.spots[0]])},
       {class: "number", content: item.processes.length ? String(item.processes.length) : ""}],
  keyOf: (item) => item.kind,
  find: (key) => blindItems.findIndex((item) => item.kind === key),
  detail: blindDetail,
};
