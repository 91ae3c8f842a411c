package org.citustenancy.faults;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.workers.Rebalancing;
import org.citustenancy.workers.ShardTransfer;

/** The operations of a scenario, in their order. */
enum Operation {
    CREATE {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            boolean ready = isReady(cluster, subject.name());
            Project project = subject.request(cluster).create();
            ConnectionInfo generated = project.connection(subject.writer());
            if (generated.hasPassword()) {
                enter(generated);
            } else if (!ready) {
                throw new AssertionError("No caller got the generated password of " + subject.writer());
            }
        }
    },
    ALTER {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            subject.changed(cluster).create();
        }
    },
    ROTATE_PASSWORD {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            cluster.users().rotatePassword(subject.owner(), subject.secondPassword());
        }
    },
    CLONE {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            boolean ready = isReady(cluster, subject.copy());
            try {
                cluster.getProject(subject.name()).cloneTo(subject.copy(), options -> options.endingSessions());
            } catch (ConflictException alreadyThere) {
                if (!ready) {
                    throw alreadyThere;
                }
            }
        }
    },
    BACKUP {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            cluster.getProject(subject.name()).backup(subject.backup(), options -> options.deadline(allowed));
        }
    },
    RESTORE {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            if (!isReady(cluster, subject.restored())) {
                cluster.backups()
                        .restore(subject.wholeBackup())
                        .as(subject.restored())
                        .options(options -> options.deadline(allowed))
                        .create();
            }
        }
    },
    ADD_WORKER {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            cluster.workers()
                    .add(HERE, subject.guestPort(), REBALANCING.within(allowed))
                    .orThrow();
        }
    },
    REMOVE_WORKER {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            if (isWorker(cluster, subject.guestPort()) || subject.attempt() == 1) {
                cluster.workers()
                        .remove(HERE, subject.guestPort(), REBALANCING.within(allowed))
                        .orThrow();
            } else {
                finishRemoval(cluster, subject, allowed);
            }
        }
    },
    /** A standby of the worker was promoted, and its former primary is down. */
    RELOCATE_WORKER {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            cluster.workers()
                    .relocate(
                            HERE,
                            subject.ports().failing(),
                            HERE,
                            subject.ports().successor())
                    .orThrow();
        }
    },
    CLEAN {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            cluster.getProject(subject.restored()).clean();
        }
    },
    SUSPEND {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            long end = System.nanoTime() + SUSPENDING.toNanos();
            while (true) {
                try {
                    cluster.getProject(subject.name()).suspend();
                    return;
                } catch (ConflictException inUse) {
                    // Citus drops what shard moves have left some seconds later.
                    if (System.nanoTime() - end > 0) {
                        throw inUse;
                    }
                }
            }
        }
    },
    DROP {
        @Override
        void run(CitusCluster cluster, Subject subject, Duration allowed) {
            if (cluster.projects().stream().anyMatch(project -> project.name().equals(subject.name()))) {
                cluster.getProject(subject.name()).drop();
            }
        }
    };

    private static final String HERE = "127.0.0.1";
    private static final Duration SUSPENDING = Duration.ofSeconds(40);
    private static final Rebalancing REBALANCING = Rebalancing.STANDARD.by(ShardTransfer.BLOCK_WRITES);

    /** Runs it as a caller that does not know how far an earlier attempt came. */
    abstract void run(CitusCluster cluster, Subject subject, Duration allowed);

    /** The projects that exist after it. */
    List<String> projects(Subject subject) {
        return switch (this) {
            case CREATE, ALTER, ROTATE_PASSWORD -> List.of(subject.name());
            case CLONE, BACKUP -> List.of(subject.name(), subject.copy());
            case RESTORE, ADD_WORKER, REMOVE_WORKER, RELOCATE_WORKER, CLEAN, SUSPEND ->
                List.of(subject.name(), subject.copy(), subject.restored());
            case DROP -> List.of(subject.copy(), subject.restored());
        };
    }

    /** Which of these projects have rows. */
    List<String> filled(Subject subject) {
        return switch (this) {
            case CREATE -> List.of();
            case CLEAN, SUSPEND, DROP ->
                projects(subject).stream()
                        .filter(project -> !project.equals(subject.restored()))
                        .toList();
            default -> projects(subject);
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void enter(ConnectionInfo info) {
        try {
            DriverManager.getConnection(
                            info.jdbcUrl(), info.user(), info.password().reveal())
                    .close();
        } catch (SQLException refused) {
            throw new AssertionError(info + " is not let in", refused);
        }
    }

    private static boolean isReady(CitusCluster cluster, String project) {
        return cluster.projects().stream()
                .anyMatch(known -> known.name().equals(project) && known.state() == ProjectState.READY);
    }

    private static boolean isWorker(CitusCluster cluster, int port) {
        return cluster.topology().workers().stream().anyMatch(worker -> worker.port() == port);
    }

    /** The cluster has forgotten the worker already; if every project has too, there is nothing to finish. */
    private static void finishRemoval(CitusCluster cluster, Subject subject, Duration allowed) {
        try {
            cluster.workers()
                    .remove(HERE, subject.guestPort(), REBALANCING.within(allowed))
                    .orThrow();
        } catch (NotFoundException nothingLeft) {
            if (!TestCluster.besidesTrust(cluster.verify()).isClean()) {
                throw nothingLeft;
            }
        }
    }
}
