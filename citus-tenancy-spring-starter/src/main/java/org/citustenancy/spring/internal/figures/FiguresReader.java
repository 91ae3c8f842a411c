package org.citustenancy.spring.internal.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.capacity.Capacity;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.statistics.ClusterFigures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads figures from the cluster, and shard counts at a longer interval. For use by one thread. */
final class FiguresReader {

    private static final Logger LOG = LoggerFactory.getLogger(FiguresReader.class);

    private final List<ProjectDefinition> counted;
    private final Duration shardsEvery;
    private final Map<String, Long> shards = new HashMap<>();
    private Instant shardsAt = Instant.EPOCH;

    FiguresReader(List<ProjectDefinition> counted, Duration shardsEvery) {
        this.counted = List.copyOf(counted);
        this.shardsEvery = shardsEvery;
    }

    Snapshot read(CitusCluster cluster) {
        Instant at = Instant.now();
        try {
            ClusterFigures figures = cluster.statistics().overview();
            countShards(cluster, at);
            try {
                return snapshot(at, figures, Optional.of(cluster.capacity()), Optional.empty());
            } catch (OperationInterruptedException interrupted) {
                throw interrupted;
            } catch (CitusTenancyException incomplete) {
                return snapshot(
                        at,
                        figures,
                        Optional.empty(),
                        Optional.of(incomplete.failure().toString()));
            }
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException failure) {
            LOG.debug("The figures of the projects cannot be read now", failure);
            return Snapshot.without(Optional.of(at), failure.failure().toString());
        }
    }

    private Snapshot snapshot(
            Instant at, ClusterFigures figures, Optional<Capacity> capacity, Optional<String> problem) {
        return new Snapshot(Optional.of(at), Optional.of(figures), capacity, shards, problem);
    }

    private void countShards(CitusCluster cluster, Instant now) {
        if (shardsAt.plus(shardsEvery).isAfter(now)) {
            return;
        }
        shards.clear();
        for (ProjectDefinition project : counted) {
            try {
                shards.put(
                        project.database(),
                        cluster.getProject(project.database()).tables().shardsPerNode().values().stream()
                                .mapToLong(Integer::longValue)
                                .sum());
            } catch (OperationInterruptedException interrupted) {
                throw interrupted;
            } catch (CitusTenancyException unknown) {
                LOG.debug("The shards of the project {} cannot be counted now", project.key(), unknown);
            }
        }
        shardsAt = now;
    }
}
