package org.citustenancy.users;

import java.util.List;

/**
 * Is notified when a user's password was changed, so that connection pools can be updated.
 *
 * <pre>{@code
 * cluster.onPasswordChange((user, password, projects) -> pools.follow(user, password));
 * }</pre>
 *
 * <p>A {@link RuntimeException} of the listener is logged as a warning; the password is changed, and the caller gets
 * it.
 */
@FunctionalInterface
public interface PasswordListener {

    /**
     * Is called when a password was changed on every node. Open sessions stay open; new ones need the new password.
     *
     * @param user the user
     * @param password the new password
     * @param projects the projects of the user
     */
    void passwordChanged(String user, Secret password, List<String> projects);
}
