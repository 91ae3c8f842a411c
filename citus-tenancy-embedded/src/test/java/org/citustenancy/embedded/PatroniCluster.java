package org.citustenancy.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.citustenancy.embedded.internal.ports.ReservedPort;
import org.citustenancy.embedded.internal.process.Command;
import org.citustenancy.embedded.internal.process.Executables;
import org.citustenancy.embedded.internal.process.Program;
import org.citustenancy.embedded.internal.process.Workspace;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Citus nodes that Patroni manages: one etcd, and two members for each node. The configuration is that of the
 * documentation, with the addresses, passwords and directories of this machine.
 */
public final class PatroniCluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PatroniCluster.class);
    private static final String HERE = "127.0.0.1";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final int OK = 200;

    private final Workspace workspace;
    private final Installation installation;
    private final String configuration;
    private final int etcdPort;
    private final String adminPassword;
    private final Map<String, List<Member>> members = new TreeMap<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private PatroniCluster(
            Workspace workspace, Installation installation, String configuration, int etcdPort, String adminPassword) {
        this.workspace = workspace;
        this.installation = installation;
        this.configuration = configuration;
        this.etcdPort = etcdPort;
        this.adminPassword = adminPassword;
    }

    /** The programs on this machine. */
    private record Installation(Path patroni, Path etcd, Path postgresBin) {

        /** Finds them, or skips the test. */
        static Installation require() throws IOException, InterruptedException {
            CitusAssumption.requireCitus();
            Path pgConfig = program("pg_config");
            Path libraries =
                    Path.of(Command.of(pgConfig.toString(), "--pkglibdir").run().output());
            if (!Files.exists(libraries.resolve("citus.so"))) {
                throw skip(libraries + " has no Citus");
            }
            Path bin = Path.of(Command.of(pgConfig.toString(), "--bindir").run().output());
            return new Installation(program("patroni"), program("etcd"), bin);
        }

        private static Path program(String name) {
            return Executables.onPath().find(name).orElseThrow(() -> skip(name + " is not on the PATH"));
        }

        private static TestAbortedException skip(String reason) {
            LOG.warn("Patroni is not available: {}", reason);
            return new TestAbortedException("Patroni is not available: " + reason);
        }
    }

    /**
     * Starts etcd and two members for each scope, and waits until each has a leader and a synchronous standby.
     *
     * @param scopes the names of the nodes, in the order of their groups if Patroni maintains a node list
     * @param configuration the configuration of the documentation
     * @throws TestAbortedException if Patroni, etcd or Citus is not on this machine
     */
    public static PatroniCluster start(List<String> scopes, String configuration, String adminPassword)
            throws Exception {
        Installation installation = Installation.require();
        Workspace workspace = Workspace.open(directory(), installation.patroni());
        PatroniCluster cluster = new PatroniCluster(workspace, installation, configuration, freePort(), adminPassword);
        try {
            cluster.startEtcd();
            for (int group = 0; group < scopes.size(); group++) {
                String scope = scopes.get(group);
                cluster.members.put(
                        scope,
                        List.of(
                                cluster.member(scope, group, scope + "-a"),
                                cluster.member(scope, group, scope + "-b")));
            }
            for (List<Member> pair : cluster.members.values()) {
                for (Member member : pair) {
                    member.start();
                }
            }
            for (String scope : scopes) {
                cluster.awaitComplete(scope);
            }
            return cluster;
        } catch (Exception failure) {
            // The servers are no children of Patroni, so the workspace does not know them.
            cluster.close();
            throw failure;
        }
    }

    private static Path directory() {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static int freePort() throws IOException {
        try (ReservedPort port = ReservedPort.on(List.of(InetAddress.getLoopbackAddress()))) {
            return port.number();
        }
    }

    private void startEtcd() throws IOException {
        String clients = "http://" + HERE + ":" + etcdPort;
        String peers = "http://" + HERE + ":" + freePort();
        Path home = workspace.makeDirectory("etcd");
        workspace.launch(
                List.of(
                        installation.etcd().toString(),
                        "--data-dir",
                        home.resolve("data").toString(),
                        "--listen-client-urls",
                        clients,
                        "--advertise-client-urls",
                        clients,
                        "--listen-peer-urls",
                        peers,
                        "--initial-advertise-peer-urls",
                        peers,
                        "--initial-cluster",
                        "default=" + peers,
                        "--unsafe-no-fsync"),
                Map.of(),
                home.resolve("etcd.log"));
    }

    private Member member(String scope, int group, String name) throws IOException {
        Member member = new Member(scope, name, workspace.makeDirectory(name), freePort(), freePort());
        workspace.write(
                member.home.resolve("patroni.yml"), member.configuration().replace("group: 1", "group: " + group));
        workspace.write(member.home.resolve("passwords"), "*:*:*:postgres:" + adminPassword + "\n");
        return member;
    }

    /** The members of a node. */
    public List<Member> members(String scope) {
        return members.getOrDefault(scope, List.of());
    }

    /** The member that accepts writes now, if there is one. */
    public Optional<Member> leader(String scope) {
        return members(scope).stream()
                .filter(member -> member.answers("/primary"))
                .findFirst();
    }

    /** The member that replicates synchronously now, if there is one. */
    public Optional<Member> synchronousStandby(String scope) {
        return members(scope).stream()
                .filter(member -> member.answers("/synchronous"))
                .findFirst();
    }

    /** Waits until the node has a leader and a synchronous standby. */
    public void awaitComplete(String scope) throws InterruptedException, IOException {
        await(
                scope,
                () -> leader(scope).isPresent() && synchronousStandby(scope).isPresent());
    }

    /** Waits until a member that is not the former leader accepts writes. */
    public Member awaitSuccessor(Member former) throws InterruptedException, IOException {
        await(
                former.scope,
                () -> leader(former.scope).filter(leader -> leader != former).isPresent());
        return leader(former.scope).orElseThrow();
    }

    private void await(String scope, Condition condition) throws InterruptedException, IOException {
        long end = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                StringBuilder logs = new StringBuilder();
                for (Member member : members(scope)) {
                    logs.append(Files.readString(member.home.resolve("patroni.log")));
                }
                throw new IllegalStateException(scope + " is not as expected: " + logs);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @FunctionalInterface
    private interface Condition {

        boolean holds();
    }

    /** Requests a switchover from Patroni. */
    public void switchover(String scope) throws IOException, InterruptedException {
        Member leader = leader(scope).orElseThrow();
        Member candidate = synchronousStandby(scope).orElseThrow();
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(leader.api("/switchover"))
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"leader\": \"" + leader.name + "\", \"candidate\": \"" + candidate.name + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IOException("The switchover of " + scope + " was refused: " + response.body());
        }
    }

    /**
     * Starts HAProxy in front of all nodes, and waits until it leads to each leader.
     *
     * @param proxyConfiguration the configuration of the documentation, whose last section is that of one node
     * @return the port of each node, on 127.0.0.1
     * @throws TestAbortedException if HAProxy is not on this machine
     */
    public Map<String, Integer> startProxy(String proxyConfiguration) throws IOException, InterruptedException {
        Path program = Installation.program("haproxy");
        int section = proxyConfiguration.indexOf("listen ");
        StringBuilder all = new StringBuilder(proxyConfiguration.substring(0, section));
        Map<String, Integer> ports = new TreeMap<>();
        for (Map.Entry<String, List<Member>> node : members.entrySet()) {
            int port = freePort();
            ports.put(node.getKey(), port);
            String listen = proxyConfiguration.substring(section);
            for (String suffix : List.of("a", "b")) {
                Member member = node.getValue().get(suffix.equals("a") ? 0 : 1);
                listen = listen.replace(
                        "citus-worker-1-" + suffix + ":5432 check port 8008",
                        HERE + ":" + member.port + " check port " + member.apiPort);
            }
            all.append(listen.replace("citus-worker-1", node.getKey()).replace("0.0.0.0:5432", HERE + ":" + port))
                    .append('\n');
        }
        Path home = workspace.makeDirectory("haproxy");
        workspace.write(home.resolve("haproxy.cfg"), all.toString());
        workspace.launch(
                List.of(
                        program.toString(),
                        "-db",
                        "-f",
                        home.resolve("haproxy.cfg").toString()),
                Map.of(),
                home.resolve("haproxy.log"));
        for (String scope : members.keySet()) {
            await(scope, () -> isReachable("jdbc:postgresql://" + HERE + ":" + ports.get(scope) + "/postgres"));
        }
        return ports;
    }

    private boolean isReachable(String url) {
        try {
            DriverManager.getConnection(url + "?connectTimeout=2&socketTimeout=2", "postgres", adminPassword)
                    .close();
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Stops every member, and their servers with them. */
    @Override
    public void close() throws IOException, InterruptedException {
        List<Member> all = members.values().stream().flatMap(List::stream).toList();
        for (Member member : all) {
            member.terminate();
        }
        for (Member member : all) {
            member.kill();
        }
        workspace.close();
    }

    /** A server with its Patroni. */
    public final class Member {

        private final String scope;
        private final String name;
        private final Path home;
        private final int port;
        private final int apiPort;
        private Optional<Program> patroni = Optional.empty();

        private Member(String scope, String name, Path home, int port, int apiPort) {
            this.scope = scope;
            this.name = name;
            this.home = home;
            this.port = port;
            this.apiPort = apiPort;
        }

        /** The port of its server, on 127.0.0.1. */
        public int port() {
            return port;
        }

        /** The URL of a database on its server. */
        public String jdbcUrl(String database) {
            return "jdbc:postgresql://" + HERE + ":" + port + "/" + database;
        }

        /** An address of its REST API. */
        public URI api(String path) {
            return URI.create("http://" + HERE + ":" + apiPort + path);
        }

        private String configuration() {
            Map<String, String> here = new LinkedHashMap<>();
            here.put("0.0.0.0:8008", HERE + ":" + apiPort);
            here.put("citus-worker-1-a:8008", HERE + ":" + apiPort);
            here.put("0.0.0.0:5432", HERE + ":" + port);
            here.put("citus-worker-1-a:5432", HERE + ":" + port);
            here.put("citus-worker-1-a", name);
            here.put("citus-worker-1", scope);
            here.put("etcd-1:2379,etcd-2:2379,etcd-3:2379", HERE + ":" + etcdPort);
            here.put("admin-password", adminPassword);
            here.put("replication-password", adminPassword);
            here.put("10.0.0.0/8", HERE + "/32");
            here.put("/var/lib/postgresql/citus", home.resolve("data").toString());
            here.put("/usr/lib/postgresql/15/bin", installation.postgresBin().toString());
            here.put("/var/lib/postgresql/pgpass", home.resolve("pgpass").toString());
            // All members share this machine, so they must not share a directory of sockets.
            here.put("unix_socket_directories: /run/postgresql", "unix_socket_directories: ''");
            String changed = configuration;
            for (Map.Entry<String, String> entry : here.entrySet()) {
                if (!changed.contains(entry.getKey()) && !entry.getKey().equals("citus-worker-1")) {
                    throw new IllegalStateException("The configuration has no " + entry.getKey());
                }
                changed = changed.replace(entry.getKey(), entry.getValue());
            }
            return changed;
        }

        /** Starts Patroni, which starts the server. */
        public void start() throws IOException {
            // The guardian of the workspace sends SIGQUIT, at which Patroni would leave its server behind.
            patroni = Optional.of(workspace.launch(
                    List.of(
                            "/bin/sh",
                            "-c",
                            "trap '' QUIT; exec \"$@\"",
                            "patroni",
                            installation.patroni().toString(),
                            home.resolve("patroni.yml").toString()),
                    Map.of("PGPASSFILE", home.resolve("passwords").toString()),
                    home.resolve("patroni.log")));
        }

        /** Kills Patroni and the server, as a power failure does. */
        public void kill() throws IOException, InterruptedException {
            if (patroni.isPresent()) {
                patroni.get().killAll();
            }
            Optional<ProcessHandle> postmaster = postmaster();
            if (postmaster.isPresent()) {
                List<ProcessHandle> family = new ArrayList<>(List.of(postmaster.get()));
                postmaster.get().descendants().forEach(family::add);
                family.sort(Comparator.comparing(ProcessHandle::pid));
                family.forEach(ProcessHandle::destroyForcibly);
            }
        }

        private void terminate() throws IOException, InterruptedException {
            if (patroni.isPresent() && patroni.get().isAlive()) {
                patroni.get().signal("TERM");
                patroni.get().waitFor(TimeUnit.SECONDS.toMillis(20));
            }
        }

        /** The server is no child of Patroni. Its data directory names it. */
        private Optional<ProcessHandle> postmaster() throws IOException {
            try {
                List<String> lines = Files.readAllLines(home.resolve("data").resolve("postmaster.pid"));
                return lines.isEmpty()
                        ? Optional.empty()
                        : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(process -> process.info()
                                .arguments()
                                .map(words -> String.join(" ", words).contains(home.toString()))
                                .orElse(false));
            } catch (NoSuchFileException notRunning) {
                return Optional.empty();
            }
        }

        private boolean answers(String path) {
            try {
                return client.send(
                                        HttpRequest.newBuilder(api(path))
                                                .timeout(Duration.ofSeconds(2))
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == OK;
            } catch (IOException notRunning) {
                return false;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public String toString() {
            return name + " on port " + port;
        }
    }
}
