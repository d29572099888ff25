/** A text/event-stream as its readers take it apart (WHATWG HTML, section 9.2.6). */
export interface EventStream {
  /** The data of each event that a reader is given. */
  readonly events: readonly string[];
  /** Fields behind the last empty line: readers throw them away. */
  readonly unfinished: readonly string[];
  /** Lines whose field no reader knows: they are passed over. */
  readonly ignored: readonly string[];
}

const knownFields = new Set(["data", "event", "id", "retry"]);

export function readEventStream(text: string): EventStream {
  const events: string[] = [];
  const ignored: string[] = [];
  let data: string[] = [];
  let pending: string[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.pop() ?? "";
  for (const line of lines) {
    if (line === "") {
      if (data.length > 0) events.push(data.join("\n"));
      data = [];
      pending = [];
    } else if (!line.startsWith(":")) {
      const [, field = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (!knownFields.has(field)) ignored.push(line);
      else pending.push(line);
      if (field === "data") data.push(value);
    }
  }
  // Whatever has no line end isn't a line yet; only data that is lost matters, not a trailing comment.
  const unfinished = [...pending, ...(last === "" || last.startsWith(":") ? [] : [last])];
  return { events, unfinished, ignored };
}
