package org.citustenancy.internal.backup.restore;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.backup.format.JsonTexts;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.BackupQueries;
import org.citustenancy.internal.sql.RemovalQueries;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Checks that a cluster meets the needs of a backup, before the restore changes anything. */
final class RestoreTarget {

    private final Session maintenance;
    private final Topology topology;

    RestoreTarget(Session maintenance, Topology topology) {
        this.maintenance = maintenance;
        this.topology = topology;
    }

    void check(BackupManifest manifest, int postgresMajor) {
        if (postgresMajor < manifest.origin().postgresMajor()) {
            throw new ConflictException(Failure.of("The backup comes from PostgreSQL "
                            + manifest.origin().postgresMajor() + ", and the cluster has " + postgresMajor)
                    .state("nothing was touched")
                    .fix("restore it on a cluster of the same version or a newer one"));
        }
        checkRoles(manifest.needs().roles());
        checkExtensions(manifest.needs().extensions());
    }

    private void checkRoles(List<String> roles) {
        Set<String> missing = new HashSet<>(roles);
        maintenance
                .fetch(RemovalQueries.roles(roles))
                .forEach(row -> missing.remove(row.get(RemovalQueries.NAME.getName(), String.class)));
        if (!missing.isEmpty()) {
            throw new NotFoundException(
                    Failure.of("Roles own something in the backup, or were granted something, and are not there: "
                                    + missing)
                            .state("nothing was touched")
                            .fix("create them on every node first"));
        }
    }

    void checkExtensions(List<String> extensions) {
        if (extensions.isEmpty()) {
            return;
        }
        Select<?> question = RestoreStatements.available(extensions);
        Set<String> here = new HashSet<>();
        maintenance.fetch(question).forEach(row -> here.add(row.get(BackupQueries.NAME.getName(), String.class)));
        requireAll(extensions, here, topology.coordinator());
        if (!topology.workers().isEmpty()) {
            Map<Node, String> commands = new LinkedHashMap<>();
            String text = Sql.text(BackupQueries.namesAsJson(question));
            topology.workers().forEach(worker -> commands.put(worker, text));
            NodeCommands.on(maintenance)
                    .run(commands)
                    .forEach((node, answer) -> requireAll(
                            extensions, new HashSet<>(JsonTexts.read(answer.orThrow(maintenance.place()))), node));
        }
    }

    /** Returns the extensions that only a superuser may create. */
    Set<String> untrusted(Collection<String> extensions) {
        Set<String> untrusted = new HashSet<>();
        if (!extensions.isEmpty()) {
            maintenance
                    .fetch(RestoreStatements.untrusted(extensions))
                    .forEach(row -> untrusted.add(row.get(BackupQueries.NAME)));
        }
        return untrusted;
    }

    private static void requireAll(List<String> needed, Set<String> available, Node node) {
        List<String> missing =
                needed.stream().filter(name -> !available.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new NotFoundException(Failure.of("The backup needs extensions that are not installed on " + node
                            + ": " + String.join(", ", missing))
                    .state("nothing was touched")
                    .fix("install them on every node"));
        }
    }
}
