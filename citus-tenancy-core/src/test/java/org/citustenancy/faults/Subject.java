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
 * @param guestPort where the worker is that comes and goes
 * @param attempt which attempt it is, from 1
 */
record Subject(String name, Path directory, int guestPort, int attempt) {

    /** From what {@link #words()} gave. */
    static Subject of(String words) {
        String[] parts = words.split(" ", 4);
        return new Subject(parts[0], Path.of(parts[3]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    String words() {
        return name + " " + guestPort + " " + attempt + " " + directory;
    }

    Subject again() {
        return new Subject(name, directory, guestPort, attempt + 1);
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
                .map(number -> new Subject(name, directory, guestPort, number).backup())
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
