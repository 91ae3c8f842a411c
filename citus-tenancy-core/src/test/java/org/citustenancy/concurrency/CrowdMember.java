package org.citustenancy.concurrency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.ProjectRequest;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;

/** One process of several: for some time it does something to a project or a role, and then something else. */
final class CrowdMember {

    private static final int PROJECTS = 3;

    private final CitusCluster cluster;
    private final String prefix;
    private final Random random;

    private CrowdMember(CitusCluster cluster, String prefix, Random random) {
        this.cluster = cluster;
        this.prefix = prefix;
        this.random = random;
    }

    /** Starts one. The password does not go through its command line. */
    static ChildJvm start(TestCluster nodes, String prefix, long seed, long seconds) throws IOException {
        ChildJvm child = ChildJvm.start(
                CrowdMember.class,
                nodes.embedded().jdbcUrl("postgres"),
                nodes.embedded().adminUser(),
                prefix,
                Long.toString(seed),
                Long.toString(seconds));
        child.tell(nodes.embedded().adminPassword());
        return child;
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Random random = new Random(Long.parseLong(arguments[3]));
        ClusterOptions options = ClusterOptions.of(arguments[0], arguments[1], Secret.of(input.readLine()))
                .directWorkerConnections(random.nextBoolean());
        try (CitusCluster cluster = CitusCluster.connect(options)) {
            CrowdMember member = new CrowdMember(cluster, arguments[2], random);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[4]));
            int done = 0;
            int refused = 0;
            while (System.nanoTime() < end) {
                if (member.act()) {
                    done++;
                } else {
                    refused++;
                }
            }
            System.out.println("ended " + done + " done, " + refused + " refused");
        }
    }

    /** Does something. Returns whether it was done, or refused because of what others do. */
    private boolean act() {
        Action action = Action.values()[random.nextInt(Action.values().length)];
        String project = project();
        try {
            act(action, project);
            return true;
        } catch (ConflictException | NotFoundException refused) {
            return false;
        } catch (ConnectionException | NodeUnreachableException | InvalidRequestException failure) {
            // Verified while its sessions were ended, for verifying holds no lock; or changed when it was not there any
            // more.
            return reported(failure, action, project, action == Action.VERIFY || action == Action.NO_READER);
        } catch (CitusTenancyException failure) {
            return reported(failure, action, project, false);
        }
    }

    private static boolean reported(CitusTenancyException failure, Action action, String project, boolean allowed) {
        if (!allowed) {
            System.out.println("FAILED " + action + " " + project + ": "
                    + failure.toString().replace('\n', ' '));
        }
        return false;
    }

    private enum Action {
        CREATE,
        CREATE_ANOTHER,
        CREATE_ANOTHER_OWNER,
        ALTER,
        READER,
        NO_READER,
        ROTATE,
        CLONE,
        VERIFY,
        REPAIR,
        DROP
    }

    private void act(Action action, String project) {
        ProjectRequest request = cluster.project(project);
        switch (action) {
            case CREATE -> request.withUser(prefix + "_owner").create();
            case CREATE_ANOTHER_OWNER ->
                request.withUser(project + "_owner")
                        .withReadOnlyUser(prefix + "_reader", readerPassword())
                        .create();
            case ALTER ->
                request.setting("work_mem", (1 + random.nextInt(8)) + "MB")
                        .withUser(prefix + "_owner")
                        .create();
            case CREATE_ANOTHER ->
                cluster.project(project + "_more").withUser(prefix + "_owner").create();
            case READER ->
                request.withUser(prefix + "_owner")
                        .withReadOnlyUser(prefix + "_reader", readerPassword())
                        .create();
            case NO_READER -> request.withoutUser(prefix + "_reader").create();
            case ROTATE -> cluster.users().rotatePassword(prefix + "_owner");
            case CLONE -> cluster.getProject(project).cloneTo(project(), options -> options.endingSessions());
            case VERIFY -> cluster.getProject(project).verify();
            case REPAIR -> cluster.getProject(project).repair();
            case DROP -> cluster.getProject(project).drop();
        }
    }

    private String project() {
        return prefix + "_" + random.nextInt(PROJECTS);
    }

    private Secret readerPassword() {
        return Secret.of("reader-" + prefix);
    }
}
