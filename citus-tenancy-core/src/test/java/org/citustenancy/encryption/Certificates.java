package org.citustenancy.encryption;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.Program;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Assumptions;

/** An authority of its own, and the certificate that it gives a server at 127.0.0.1, and nowhere else. */
final class Certificates {

    private final Path directory;

    private Certificates(Path directory) {
        this.directory = directory;
    }

    static Certificates make(Path directory) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Program.isThere("openssl"), "There is no openssl");
        Certificates made = new Certificates(directory);
        made.authority("authority");
        made.authority("stranger");
        Files.writeString(directory.resolve("names"), "subjectAltName=IP:127.0.0.1\n");
        made.openssl(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "server.key",
                "-out",
                "server.csr",
                "-subj",
                "/CN=server");
        made.openssl(
                "x509",
                "-req",
                "-in",
                "server.csr",
                "-CA",
                "authority.crt",
                "-CAkey",
                "authority.key",
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                "names",
                "-out",
                "server.crt");
        return made;
    }

    private void authority(String name) throws IOException, InterruptedException {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-keyout",
                name + ".key",
                "-out",
                name + ".crt",
                "-subj",
                "/CN=" + name);
    }

    /** Names of files are in the directory. */
    private void openssl(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder()
                .command(Stream.concat(Stream.of("openssl"), Arrays.stream(words))
                        .toList())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("openssl has failed: " + said);
        }
    }

    /** The certificate of the authority. */
    Path authority() {
        return directory.resolve("authority.crt");
    }

    /** The certificate of another authority, which has certified no server. */
    Path stranger() {
        return directory.resolve("stranger.crt");
    }

    /** Lets a server take encrypted connections. It writes its files itself, so that they are its own. */
    void install(TestCluster nodes, EmbeddedNode node) throws Exception {
        for (String file : List.of("server.crt", "server.key")) {
            String content = Base64.getEncoder().encodeToString(Files.readAllBytes(directory.resolve(file)));
            nodes.ask(
                    node,
                    "postgres",
                    "copy (select '" + content + "') to program 'base64 -d > " + file + " && chmod 600 " + file + "'");
        }
        nodes.ask(node, "postgres", "alter system set ssl = on");
        nodes.ask(node, "postgres", "select pg_reload_conf()");
        Await.until(() -> nodes.ask(node, "postgres", "show ssl").equals(List.of("on")));
    }
}
