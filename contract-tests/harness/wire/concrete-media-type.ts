/** Of each range, the type that stands for it: a range can't be sent. */
const concrete: Readonly<Record<string, string>> = {
  "*/*": "application/json",
  "application/*": "application/json",
  "text/*": "text/plain",
  "image/*": "image/png",
  "audio/*": "audio/mpeg",
  "video/*": "video/mp4",
};

/** A documented media type as a message can name it. */
export function concreteMediaType(name: string): string {
  const essence = (name.split(";")[0] ?? "").trim().toLowerCase();
  if (!essence.includes("*")) return name;
  return concrete[essence] ?? "application/octet-stream";
}
