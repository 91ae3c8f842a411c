package org.citustenancy.examples.demo;

import java.sql.SQLException;
import java.util.List;
import org.citustenancy.users.Secret;

/** Tries to connect where the server must refuse it, and shows the server's error. */
final class Isolation {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String INTRUDER = "analytics_user";
    private static final String TARGET = "app_production";

    private final Console console;

    Isolation(Console console) {
        this.console = console;
    }

    void prove(List<DemoProject> projects) {
        for (DemoProject from : projects) {
            Login own = Login.of(from.connection());
            for (DemoProject to : projects) {
                if (!to.name().equals(from.name())) {
                    show(own.user(), to.name(), refusal(own.at(to.connection()), to.name()));
                }
            }
        }
        warnWherePasswordsDoNotCount(projects.get(0));
    }

    /** Shows the guide's example with the full text of the server, and the others in short. */
    private void show(String user, String project, SQLException refusal) {
        boolean inFull = user.equals(INTRUDER) && project.equals(TARGET);
        console.paragraph(user + " is refused at " + project + " [" + refusal.getSQLState() + "]"
                + (inFull ? ", in the server's words:" : ""));
        if (inFull) {
            console.detail(String.valueOf(refusal.getMessage()));
        }
    }

    private static SQLException refusal(Login login, String project) {
        try {
            login.tryOut();
        } catch (SQLException refused) {
            if (INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState())) {
                return refused;
            }
            throw new DemoFailure(
                    login.user() + " is kept out of " + project + " by something else than a missing privilege: "
                            + refused.getMessage(),
                    refused);
        }
        throw new DemoFailure(login.user() + " got into " + project + ", which is another project. Look for grants of"
                + " CONNECT on that database to PUBLIC or to this role, and revoke them.");
    }

    /** Without this warning the refusals above would imply more isolation than there is. */
    private void warnWherePasswordsDoNotCount(DemoProject project) {
        Login wrong = Login.of(project.connection()).withPassword(Secret.generate());
        try {
            wrong.tryOut();
            console.emptyLine();
            console.paragraph("CAUTION: this server accepts " + wrong.user() + " with a wrong password, too. trust"
                    + " authentication disables isolation: any client may connect as any role. Replace it by"
                    + " scram-sha-256 in pg_hba.conf.");
        } catch (SQLException refused) {
            console.paragraph(wrong.user() + " is refused with a wrong password [" + refused.getSQLState() + "]");
        }
    }
}
