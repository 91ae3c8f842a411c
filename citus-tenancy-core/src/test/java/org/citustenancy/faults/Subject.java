package org.citustenancy.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.citustenancy.CitusCluster;
import org.citustenancy.ProjectRequest;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.Secret;

/**
 * What an operation is about.
 *
 * @param name the project's name
 * @param directory where its backups go
 * @param ports where its workers are
 * @param attempt which attempt it is, from 1
 */
record Subject(String name, Path directory, Ports ports, int attempt) {

    /**
     * Where workers are.
     *
     * @param guest the worker that comes and goes
     * @param failing the worker that fails over
     * @param successor the standby that takes over
     */
    record Ports(int guest, int failing, int successor) {}

    /** From what {@link #words()} gave. */
    static Subject of(String words) {
        String[] parts = words.split(" ", 6);
        Ports ports = new Ports(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
        return new Subject(parts[0], Path.of(parts[5]), ports, Integer.parseInt(parts[4]));
    }

    String words() {
        return name + " " + ports.guest + " " + ports.failing + " " + ports.successor + " " + attempt + " " + directory;
    }

    Subject again() {
        return new Subject(name, directory, ports, attempt + 1);
    }

    int guestPort() {
        return ports.guest;
    }

    String owner() {
        return name + "_user";
    }

    String reader() {
        return name + "_reader";
    }

    /** Whose password is generated. */
    String writer() {
        return name + "_writer";
    }

    String copy() {
        return name + "_copy";
    }

    String restored() {
        return name + "_back";
    }

    Secret firstPassword() {
        return Secret.of("first-" + name);
    }

    Secret secondPassword() {
        return Secret.of("second-" + name);
    }

    /** What is left by an attempt that was killed is no backup, and the next one goes elsewhere. */
    Path backup() {
        return directory.resolve(name + "-" + attempt);
    }

    /** The backup of the attempt that ended well. */
    Path wholeBackup() {
        return Stream.of(1, 2)
                .map(number -> new Subject(name, directory, ports, number).backup())
                .filter(backup -> Files.exists(backup.resolve("manifest.json")))
                .findFirst()
                .orElseThrow();
    }

    ProjectRequest request(CitusCluster cluster) {
        return cluster.project(name)
                .withUser(owner(), firstPassword())
                .withReadOnlyUser(reader(), firstPassword())
                .withUser(writer(), AccessLevel.READ_WRITE, UnaryOperator.identity());
    }

    ProjectRequest changed(CitusCluster cluster) {
        return request(cluster)
                .withReadOnlyUser(name + "_second", firstPassword())
                .connectionLimit(40)
                .setting("work_mem", "8MB");
    }
}
