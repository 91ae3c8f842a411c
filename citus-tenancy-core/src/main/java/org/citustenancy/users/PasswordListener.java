package org.citustenancy.users;

import java.util.List;

/**
 * Is notified when a user's password was changed, so that connection pools can follow.
 *
 * <pre>{@code
 * cluster.onPasswordChange((user, password, projects) -> pools.follow(user, password));
 * }</pre>
 *
 * <p>A {@link RuntimeException} that it throws is logged as a warning: the password is changed, and the caller gets it.
 */
@FunctionalInterface
public interface PasswordListener {

    /**
     * A password was changed on every node. Sessions that are open stay open; new ones need the new password.
     *
     * @param user the user
     * @param password the new password
     * @param projects the projects in which the user is
     */
    void passwordChanged(String user, Secret password, List<String> projects);
}
