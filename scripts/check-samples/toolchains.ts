import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Ran, run } from "../check-package/run.ts";

/** How a sample is run that is saved in a folder of its own. */
export interface Toolchain {
  readonly name: string;
  /** The heading of its block in the page, when the page's own sample is run. */
  readonly block?: string;
  readonly file: string;
  /** Program and arguments; the program must be on the path. */
  readonly command: readonly [program: string, ...args: string[]];
  /** Debian's packages with it. */
  readonly debian: readonly string[];
  /** A run that succeeds where everything is there. */
  readonly probe: readonly [program: string, ...args: string[]];
  /** What the page's sample needs to run on loopback, or the whole program where the page has none for it. */
  readonly adapt: (sample: string, address: string) => string;
}

const path = "/v1/single-use-token/realtime_scribe";
const onLoopback = (sample: string, address: string): string =>
  sample.replaceAll("https://api.elevenlabs.io", address);

const guzzle = "/usr/share/php/GuzzleHttp/autoload.php";

export const toolchains: readonly Toolchain[] = [
  {
    name: "Go, the page's sample",
    block: "go",
    file: "main.go",
    command: ["go", "run", "main.go"],
    debian: ["golang-go"],
    probe: ["go", "version"],
    adapt: onLoopback,
  },
  {
    name: "Ruby, the page's sample",
    block: "ruby",
    file: "sample.rb",
    command: ["ruby", "sample.rb"],
    debian: ["ruby"],
    probe: ["ruby", "--version"],
    adapt: (sample, address) =>
      onLoopback(sample, address).replace("http.use_ssl = true", "http.use_ssl = false"),
  },
  {
    name: "PHP with Guzzle, the page's sample",
    block: "php",
    file: "sample.php",
    command: ["php", "sample.php"],
    debian: ["php-cli", "php-guzzlehttp-guzzle"],
    probe: ["php", "-r", `exit(is_file("${guzzle}") ? 0 : 1);`],
    adapt: (sample, address) => onLoopback(sample, address).replace("<?php", `<?php require "${guzzle}";`),
  },
  {
    name: "Java, java.net.http",
    file: "Sample.java",
    command: ["java", "Sample.java"],
    debian: ["default-jdk-headless"],
    probe: ["javac", "-version"],
    adapt: (_, address) => `import java.net.URI;
import java.net.http.*;

public class Sample {
  public static void main(String[] args) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("${address}${path}"))
      .header("xi-api-key", "key")
      .POST(HttpRequest.BodyPublishers.noBody())
      .build();
    System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
`,
  },
  {
    name: "Python, httpx",
    file: "sample.py",
    command: ["/usr/bin/python3", "sample.py"],
    debian: ["python3", "python3-httpx"],
    probe: ["/usr/bin/python3", "-c", "import httpx"],
    adapt: (_, address) =>
      `import httpx\nprint(httpx.post("${address}${path}", headers={"xi-api-key": "key"}).text)\n`,
  },
];

/** Whether it is there; with `mayInstall`, Debian is asked for it first. */
export async function isThere({ probe, debian }: Toolchain, mayInstall: boolean): Promise<boolean> {
  const [program, ...args] = probe;
  const probed = async (): Promise<boolean> => (await run(program, args, "/")).exitCode === 0;
  if (await probed()) return true;
  if (!mayInstall) return false;
  const install = ["install", "-y", "-qq", "--no-install-recommends", ...debian];
  await run("apt-get", install, "/", { DEBIAN_FRONTEND: "noninteractive" });
  return probed();
}

/** Saves the sample in that folder and runs it. */
export function runSample(
  toolchain: Toolchain,
  sample: string,
  address: string,
  folder: string,
): Promise<Ran> {
  const [program, ...args] = toolchain.command;
  writeFileSync(join(folder, toolchain.file), toolchain.adapt(sample, address));
  return run(program, args, folder, {
    GOCACHE: join(folder, "cache"),
    GOFLAGS: "-mod=mod",
    GO111MODULE: "off",
  });
}
