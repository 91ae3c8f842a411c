package org.citustenancy.internal.backup.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.BackupQueries;
import org.citustenancy.users.AccessLevel;

/**
 * Checks large objects, which exist on the coordinator alone and are in no backup. Large objects of a user who may
 * write them are data that the backup would lack. Those of any other user are older than the rule that prevents such
 * users from creating them.
 */
public final class LargeObjects {

    private LargeObjects() {}

    /**
     * Finds large objects.
     *
     * @return those that a backup leaves out, a line per owner
     * @throws ConflictException if there are some that must not be left out
     */
    public static List<String> leftOut(Session session, DesiredProject desired) {
        Set<String> writers = desired.staying()
                .filter(user -> user.level() == AccessLevel.OWNER || user.level() == AccessLevel.READ_WRITE)
                .map(DesiredUser::name)
                .collect(Collectors.toSet());
        List<String> leftOut = new ArrayList<>();
        for (Record row : session.fetch(BackupQueries.largeObjects())) {
            String owner = row.get(BackupQueries.NAME);
            String which = row.get(BackupQueries.NUMBER) + " large objects of \"" + owner + "\"";
            if (row.get(BackupQueries.SUPERUSER) || writers.contains(owner)) {
                throw new ConflictException(Failure.of("There are " + which + " in the project")
                        .where(session.place())
                        .state("nothing was written")
                        .fix(
                                "keep such values in bytea columns; large objects lie on the coordinator alone, and no backup "
                                        + "takes them along"));
            }
            leftOut.add(which + ", who may not write any");
        }
        return leftOut;
    }
}
