package org.citustenancy.embedded.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user that runs the servers. PostgreSQL refuses to run as root. For root the user is therefore {@code postgres} or
 * {@code nobody}, or else root itself inside a user namespace without special rights.
 */
final class ServerAccount {

    private static final List<String> USERS = List.of("postgres", "nobody");

    private final String description;
    private final Way way;
    private final UserPrincipal owner;

    private ServerAccount(String description, Way way, UserPrincipal owner) {
        this.description = description;
        this.way = way;
        this.owner = owner;
    }

    /** Converts a command into one that runs as another user. */
    private interface Way {
        List<String> as(List<String> command);
    }

    /**
     * Selects the user, and makes it the owner of the directory.
     *
     * @param directory the directory of the servers' files; belongs to the user of this JVM
     * @param program the program that the user must be able to run
     * @throws IOException if this JVM runs as root and cannot switch to another user
     */
    static ServerAccount choose(Path directory, Path program) throws IOException, InterruptedException {
        if (!Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid"))) {
            return new ServerAccount(System.getProperty("user.name"), command -> command, Files.getOwner(directory));
        }
        List<String> refusals = new ArrayList<>();
        for (ServerAccount account : accountsForRoot(directory)) {
            account.own(directory);
            if (account.canUse(directory, program, refusals)) {
                return account;
            }
        }
        if (refusals.isEmpty()) {
            refusals.add("none of setpriv, runuser, su and unshare is on the PATH");
        }
        throw new IOException("PostgreSQL does not run as root, and no other user can run " + program + " and write to "
                + directory + ": " + String.join("; ", refusals)
                + ". Run this program as an ordinary user, or let the files be in a directory that the user postgres"
                + " can reach, by java.io.tmpdir or citustenancy.embedded.directory.");
    }

    /**
     * Returns the users as which root may run servers, in order of preference.
     *
     * @param rootOwned a file that belongs to root
     */
    static List<ServerAccount> accountsForRoot(Path rootOwned) throws IOException, InterruptedException {
        List<ServerAccount> accounts = new ArrayList<>();
        for (String user : USERS) {
            Optional<UserPrincipal> owner = principal(rootOwned, user);
            if (owner.isPresent()) {
                accounts.addAll(waysTo(user, owner.get()));
            }
        }
        UserPrincipal root = Files.getOwner(rootOwned);
        Executables.onPath()
                .find("unshare")
                .ifPresent(unshare -> accounts.add(new ServerAccount(
                        "root in a user namespace", command -> prefixed(command, unshare.toString(), "-U"), root)));
        return accounts;
    }

    private static List<ServerAccount> waysTo(String user, UserPrincipal owner)
            throws IOException, InterruptedException {
        List<ServerAccount> accounts = new ArrayList<>();
        Executables path = Executables.onPath();
        String group = Command.of("id", "-g", user).run().output();
        path.find("setpriv")
                .map(setpriv -> (Way) command -> prefixed(
                        command, setpriv.toString(), "--reuid=" + user, "--regid=" + group, "--init-groups", "--"))
                .ifPresent(way -> accounts.add(new ServerAccount(user + " by setpriv", way, owner)));
        path.find("runuser")
                .map(runuser -> (Way) command -> prefixed(command, runuser.toString(), "-u", user, "--"))
                .ifPresent(way -> accounts.add(new ServerAccount(user + " by runuser", way, owner)));
        path.find("su")
                .map(su ->
                        (Way) command -> List.of(su.toString(), "-s", "/bin/sh", "-c", "exec " + quoted(command), user))
                .ifPresent(way -> accounts.add(new ServerAccount(user + " by su", way, owner)));
        return accounts;
    }

    private static Optional<UserPrincipal> principal(Path path, String user) throws IOException {
        UserPrincipalLookupService users = path.getFileSystem().getUserPrincipalLookupService();
        try {
            return Optional.of(users.lookupPrincipalByName(user));
        } catch (UserPrincipalNotFoundException noSuchUser) {
            return Optional.empty();
        }
    }

    private boolean canUse(Path directory, Path program, List<String> refusals)
            throws IOException, InterruptedException {
        String check = "test \"$(id -u)\" != 0 && test -w \"$0\" && test -x \"$1\"";
        List<String> command = command(List.of("/bin/sh", "-c", check, directory.toString(), program.toString()));
        try {
            Command.Outcome outcome = new Command(command).run();
            if (!outcome.succeeded()) {
                refusals.add(description + ": exit code " + outcome.exitCode()
                        + (outcome.output().isEmpty() ? "" : " (" + outcome.output() + ")"));
            }
            return outcome.succeeded();
        } catch (IOException cannotRun) {
            refusals.add(description + ": " + cannotRun.getMessage());
            return false;
        }
    }

    /** Returns the command that runs the given command as this user. */
    List<String> command(List<String> command) {
        return way.as(command);
    }

    /** Makes this user the owner of a file or directory. */
    void own(Path path) throws IOException {
        if (!Files.getOwner(path).equals(owner)) {
            Files.setOwner(path, owner);
        }
    }

    private static List<String> prefixed(List<String> command, String... prefix) {
        List<String> words = new ArrayList<>(List.of(prefix));
        words.addAll(command);
        return words;
    }

    private static String quoted(List<String> command) {
        List<String> words = new ArrayList<>();
        for (String word : command) {
            words.add("'" + word.replace("'", "'\\''") + "'");
        }
        return String.join(" ", words);
    }

    @Override
    public String toString() {
        return description;
    }
}
