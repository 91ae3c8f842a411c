package org.citustenancy.internal.provisioning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.RegisteredProject;

/**
 * Holds the locks on all projects of a user and on what projects share, so that the user is added to no other project
 * meanwhile.
 */
final class UserLocks implements AutoCloseable {

    private final List<AdvisoryLock> locks = new ArrayList<>();
    private final List<String> projects;

    private UserLocks(List<String> projects) {
        this.projects = List.copyOf(projects);
    }

    /** Takes the locks. Repeats this if the user was added to another project before all locks were taken. */
    static UserLocks take(ProjectRegistry registry, Session maintenance, String user) {
        return take(maintenance, () -> registry.projectsOf(user));
    }

    /** Takes the locks for the admin, which concerns every project. */
    static UserLocks ofAdmin(ProjectRegistry registry, Session maintenance) {
        return take(maintenance, () -> registry.list().stream()
                .map(RegisteredProject::name)
                .sorted()
                .toList());
    }

    private static UserLocks take(Session maintenance, Supplier<List<String>> projects) {
        while (true) {
            UserLocks taken = new UserLocks(projects.get());
            boolean complete = false;
            try {
                taken.acquire(maintenance);
                complete = taken.projects.equals(projects.get());
                if (complete) {
                    return taken;
                }
            } finally {
                if (!complete) {
                    taken.close();
                }
            }
        }
    }

    private void acquire(Session maintenance) {
        locks.add(AdvisoryLock.onManyProjects(maintenance));
        projects.forEach(project -> locks.add(AdvisoryLock.onProject(maintenance, project)));
        locks.add(AdvisoryLock.onGlobalObjects(maintenance));
    }

    /** Returns the projects, in the order of their names. */
    List<String> projects() {
        return projects;
    }

    @Override
    public void close() {
        locks.forEach(AdvisoryLock::close);
    }
}
