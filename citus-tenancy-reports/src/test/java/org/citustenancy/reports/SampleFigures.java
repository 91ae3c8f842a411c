package org.citustenancy.reports;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.statistics.ClientSessions;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.DatabaseCounters;
import org.citustenancy.statistics.NodeFigures;
import org.citustenancy.statistics.ProjectContents;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.statistics.ProjectOnNode;
import org.citustenancy.statistics.SessionGroup;
import org.citustenancy.statistics.StorageOnNode;
import org.citustenancy.statistics.TableFigures;
import org.citustenancy.statistics.TableOnNode;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/** Figures as they could be read, for what is made of them. */
public final class SampleFigures {

    public static final Node COORDINATOR = new Node(NodeRole.COORDINATOR, "citus-master", 5432);
    public static final Node WORKER_1 = new Node(NodeRole.WORKER, "citus-worker-1", 5432);
    public static final Node WORKER_2 = new Node(NodeRole.WORKER, "citus-worker-2", 5432);

    private static final List<Node> NODES = List.of(COORDINATOR, WORKER_1, WORKER_2);

    private SampleFigures() {}

    /** A cluster whose nodes allow 100 sessions, 3 of them for superusers. */
    public static ClusterFigures cluster(ProjectFigures... projects) {
        List<NodeFigures> nodes = NODES.stream()
                .map(node -> new NodeFigures(
                        node,
                        100,
                        3,
                        Map.of(),
                        new ClientSessions(
                                List.of(projects).stream()
                                        .flatMap(project -> project.on(node).stream())
                                        .flatMap(part -> part.sessions().groups().stream())
                                        .toList(),
                                0)))
                .toList();
        return new ClusterFigures(
                Instant.parse("2026-01-02T03:04:05Z"), nodes, List.of(), List.of(projects), List.of());
    }

    /** A project with so many bytes, sessions and commits on each node. */
    public static ProjectFigures project(String name, long bytes, int sessions, long commits) {
        List<ProjectOnNode> parts = NODES.stream()
                .map(node -> new ProjectOnNode(
                        node,
                        OptionalLong.of(bytes),
                        OptionalInt.empty(),
                        new ClientSessions(
                                List.of(new SessionGroup(
                                        Optional.of(name),
                                        Optional.of(name + "_user"),
                                        "app",
                                        Optional.of("idle"),
                                        false,
                                        sessions)),
                                0),
                        Optional.of(new DatabaseCounters(commits, 1, 90, 10, 0, 0, 0, Optional.empty()))))
                .toList();
        return new ProjectFigures(
                name,
                name + "_user",
                Optional.of(ProjectState.READY),
                parts,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The contents of a project with one table, with so many bytes on each worker. */
    public static ProjectContents contents(long onFirst, long onSecond) {
        TableInfo users = new TableInfo(
                TableName.of("users"), TableKind.DISTRIBUTED, Optional.of("id"), OptionalInt.of(1), OptionalInt.of(32));
        List<TableOnNode> parts = List.of(
                new TableOnNode(WORKER_1, 16, onFirst, 0, onFirst / 16, OptionalLong.of(10)),
                new TableOnNode(WORKER_2, 16, onSecond, 0, onSecond / 16, OptionalLong.of(20)));
        return new ProjectContents(
                LongStream.of(0, onFirst, onSecond)
                        .mapToObj(bytes -> new StorageOnNode(
                                bytes == 0 ? COORDINATOR : bytes == onFirst ? WORKER_1 : WORKER_2,
                                OptionalLong.of(bytes + 8192),
                                bytes,
                                0,
                                bytes == 0 ? 0 : 16,
                                bytes))
                        .toList(),
                List.of(new TableFigures(users, "users_owner", parts, List.of())),
                List.of(),
                Instant.EPOCH);
    }
}
