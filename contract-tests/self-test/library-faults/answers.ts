import { alterAnswer, textOf, withBody, withHeader, withoutHeader } from "../../../src/simulator/alter.ts";
import { answering } from "../library-provider.ts";
import { badAnswer, badHeader, badJson, type LibraryFault } from "./library-fault.ts";

const schema = "response-schema-conformance";

/** The library answers something else than its contract says. */
export const answerFaults: readonly LibraryFault[] = [
  badJson("total-as-text", "GET /books", schema, "The number of books found is sent as text.", (page) => ({
    ...page,
    total: String(page.total),
  })),
  badJson(
    "next-left-out",
    "GET /books",
    schema,
    "The last page leaves `next` out instead of sending null.",
    ({ next: _, ...page }) => page,
  ),
  badJson(
    "items-null-when-none",
    "GET /books",
    schema,
    "A page with nothing on it has null for its items.",
    (page) => ({ ...page, items: null }),
  ),
  badJson(
    "one-bad-book-among-good",
    "GET /books",
    schema,
    "The second book of a page has a year of two digits.",
    (page) => ({
      ...page,
      items: page.items.map((book: object, index: number) => (index === 1 ? { ...book, year: 98 } : book)),
    }),
  ),
  badJson(
    "unknown-genre-sent",
    "GET /books/{isbn}",
    schema,
    "A book has a genre that isn't listed.",
    (book) => ({ ...book, genre: "thriller" }),
  ),
  badJson("year-as-date", "GET /books/{isbn}", schema, "A book's year is sent as a date.", (book) => ({
    ...book,
    year: `${book.year}-01-01`,
  })),
  badJson("price-zero", "GET /books/{isbn}", schema, "A price is 0; it must be above.", (book) => ({
    ...book,
    price: 0,
  })),
  badJson(
    "rating-between-steps",
    "GET /books/{isbn}",
    schema,
    "A rating stands between two half stars.",
    (book) => ({ ...book, rating: 4.3 }),
  ),
  badJson(
    "publisher-left-out",
    "GET /books/{isbn}",
    schema,
    "A publisher that isn't known is left out instead of null.",
    ({ publisher: _, ...book }) => book,
  ),
  badJson(
    "format-of-two-kinds",
    "GET /books/{isbn}",
    schema,
    "A printed book has the length of a recording.",
    (book) => ({
      ...book,
      format: { ...book.format, seconds: 1200 },
    }),
  ),
  badJson(
    "format-kind-unknown",
    "GET /books/{isbn}",
    schema,
    "A book has a format that the discriminator doesn't know.",
    (book) => ({
      ...book,
      format: { ...book.format, kind: "scroll" },
    }),
  ),
  badJson("date-in-local-form", "GET /books/{isbn}", schema, "A date is written day first.", (book) => ({
    ...book,
    published: "14-03-1998",
  })),
  badJson(
    "timestamp-without-zone",
    "GET /books/{isbn}",
    schema,
    "A time has no zone (RFC 3339).",
    (book) => ({ ...book, added: "2024-05-01T09:30:00" }),
  ),
  badJson("id-without-hyphens", "GET /books/{isbn}", schema, "A UUID has no hyphens.", (book) => ({
    ...book,
    id: book.id.replaceAll("-", ""),
  })),
  badJson("author-without-name", "GET /books/{isbn}", schema, "An author has no name.", (book) => ({
    ...book,
    authors: [...book.authors, { born: 1950 }],
  })),
  badJson("authors-none", "GET /books/{isbn}", schema, "A book has no author.", (book) => ({
    ...book,
    authors: [],
  })),
  badJson("tags-repeated", "GET /books/{isbn}", schema, "A tag is listed twice.", (book) => ({
    ...book,
    tags: [...book.tags, book.tags[0]],
  })),
  badJson("dimensions-of-two", "GET /books/{isbn}", schema, "A book has two dimensions.", (book) => ({
    ...book,
    dimensions: book.dimensions.slice(0, 2),
  })),
  badJson(
    "related-book-incomplete",
    "GET /books/{isbn}",
    schema,
    "A related book, the same schema once more, lacks its title.",
    ({ related: _, ...book }) => {
      const { title: __, ...untitled } = book;
      return { ...book, related: [untitled] };
    },
  ),
  badJson(
    "internal-field-sent",
    "GET /books/{isbn}",
    schema,
    "A book has an internal field; the schema is closed.",
    (book) => ({ ...book, shelf_cost: 3 }),
  ),
  badJson(
    "supplier-code-leaked",
    "GET /books/{isbn}",
    "write-only-leak",
    "A book shows the supplier's code, which is only written.",
    (book) => ({
      ...book,
      supplier_code: "AB-1234",
    }),
  ),
  badJson(
    "password-leaked",
    "POST /members",
    "write-only-leak",
    "A new member's answer repeats the password.",
    (member) => ({
      ...member,
      password: "tulips-and-dikes",
    }),
  ),
  badJson(
    "phone-hours-without-phone",
    "POST /members",
    schema,
    "Hours for calling are sent without a number.",
    ({ phone: _, ...member }) => member,
  ),
  badJson(
    "interest-out-of-range",
    "POST /members",
    schema,
    "One interest among others is above its maximum.",
    (member) => ({
      ...member,
      interests: { ...member.interests, history: 6 },
    }),
  ),
  badJson(
    "nested-shelf-negative",
    "GET /shelves/{position}",
    schema,
    "A shelf two levels down has a negative number of books.",
    (shelf) => ({
      ...shelf,
      shelves: [{ name: "a", books: 1, shelves: [{ name: "b", books: -1 }] }],
    }),
  ),
  badJson(
    "measurement-name-in-capitals",
    "GET /halls/{hall}",
    schema,
    "A unit's name is in capitals.",
    () => ({ CELSIUS: 19 }),
  ),
  badJson(
    "measurements-none",
    "GET /halls/{hall}",
    schema,
    "Nothing was measured, and an empty object sent.",
    () => ({}),
  ),
  badJson(
    "load-in-wrong-order",
    "GET /status",
    schema,
    "The two items of the load are exchanged.",
    (status) => ({ ...status, load: ["low", 0.4] }),
  ),
  badJson("load-with-third-item", "GET /status", schema, "The load has a third item.", (status) => ({
    ...status,
    load: [...status.load, 1],
  })),
  badJson("loan-history-empty", "POST /loans", schema, "A loan has an empty history.", (loan) => ({
    ...loan,
    history: [],
  })),
  badAnswer(
    "text-too-long",
    "GET /floors/{floor}",
    schema,
    "The opening hours are longer than documented.",
    (answer) => withBody(answer, "x".repeat(121)),
  ),
  badAnswer(
    "text-in-latin-1",
    "GET /floors/{floor}",
    "response-body-integrity",
    "Text that calls itself UTF-8 is Latin-1.",
    (answer) =>
      withHeader(
        withBody(answer, Buffer.from("Caf\u00e9 open daily", "latin1")),
        "content-type",
        "text/plain; charset=utf-8",
      ),
  ),
  badAnswer(
    "cover-as-jpeg",
    "GET /books/{isbn}/cover",
    "content-type-conformance",
    "The cover is a JPEG.",
    (answer) => withHeader(answer, "content-type", "image/jpeg"),
  ),
  badAnswer(
    "last-event-unfinished",
    "GET /events",
    "event-stream-conformance",
    "The stream ends right behind the last event's data, which no reader is then given.",
    (answer) => withBody(answer, "event: returned\ndata: {}\n\nevent: lent\ndata: {}\n"),
  ),
  badAnswer(
    "events-without-data-field",
    "GET /events",
    "event-stream-conformance",
    "Events come as bare JSON lines under the media type of a stream.",
    (answer) => withBody(answer, '{"isbn":"978-90-214-0915-3"}\n\n'),
  ),
  badAnswer("events-as-json", "GET /events", "content-type-conformance", "Events come as JSON.", (answer) =>
    withHeader(withBody(answer, "[]"), "content-type", "application/json"),
  ),
  badAnswer(
    "plain-json-for-vendor-type",
    "GET /shelves/{position}",
    "content-type-conformance",
    "A shelf calls itself plain JSON.",
    (answer) => withHeader(answer, "content-type", "application/json"),
  ),
  badAnswer(
    "problem-as-plain-json",
    "POST /books",
    "content-type-conformance",
    "A refusal calls itself plain JSON.",
    (answer) => withHeader(answer, "content-type", "application/json"),
    400,
  ),
  badAnswer(
    "problem-without-title",
    "GET /books",
    schema,
    "A refusal's problem details lack the title.",
    (answer) => withBody(answer, '{"type":"/problems/invalid","status":400}'),
    400,
  ),
  badAnswer(
    "problem-status-200",
    "PUT /books/{isbn}/cover",
    schema,
    "A refusal's problem details speak of status 200.",
    (answer) => withBody(answer, textOf(answer).replace('"status":400', '"status":200')),
    400,
  ),
  badAnswer(
    "loan-answered-303",
    "POST /loans",
    "status-code-conformance",
    "A new loan is answered by a redirect.",
    (answer) => ({ ...withoutHeader(withBody(answer, ""), "content-type"), status: 303 }),
  ),
  badAnswer(
    "deleted-answers-200",
    "DELETE /books/{isbn}",
    "status-code-conformance",
    "A removal answers 200 with a message.",
    (answer) =>
      withHeader(
        { ...withBody(answer, '{"deleted":true}'), status: 200 },
        "content-type",
        "application/json",
      ),
  ),
  badAnswer(
    "created-answers-200",
    "POST /books",
    "status-code-conformance",
    "A new book is answered 200.",
    (answer) => ({ ...answer, status: 200 }),
  ),
  {
    id: "loan-status-alternates",
    caughtBy: ["stability"],
    breach: "The same loan is answered 201 and 202 in turns; each is documented by the range.",
    operations: ["POST /loans"],
    wrap: (next) => {
      let count = 0;
      return alterAnswer(answering("POST /loans"), (answer) => ({ ...answer, status: 201 + (count++ % 2) }))(
        next,
      );
    },
  },
  badHeader(
    "total-count-missing",
    "GET /books",
    "The required header X-Total-Count is missing.",
    "x-total-count",
    undefined,
  ),
  badHeader("total-count-as-text", "GET /books", "X-Total-Count says `many`.", "x-total-count", "many"),
  badHeader("total-count-negative", "GET /books", "X-Total-Count is -1.", "x-total-count", "-1"),
  badHeader(
    "cache-state-unlisted",
    "GET /books",
    "The optional header X-Cache has a value that isn't listed.",
    "x-cache",
    "STALE",
  ),
  badHeader(
    "location-absolute",
    "POST /books",
    "Location is a whole address, not the documented path.",
    "location",
    "http://127.0.0.1/books/978-90-214-0915-3",
  ),
  badHeader("etag-without-quotes", "GET /books/{isbn}", "The ETag has no quotes.", "etag", "0badcafe"),
  badHeader(
    "challenge-missing",
    "GET /books",
    "A 401 doesn't say how to say who asks.",
    "www-authenticate",
    undefined,
    401,
  ),
  badHeader(
    "member-since-not-a-time",
    "POST /members",
    "X-Member-Since is a date without a time.",
    "x-member-since",
    "2026-01-31",
  ),
  badHeader(
    "cover-not-cacheable",
    "GET /books/{isbn}/cover",
    "The cover may not be kept, though documented.",
    "cache-control",
    "no-store",
  ),
];
