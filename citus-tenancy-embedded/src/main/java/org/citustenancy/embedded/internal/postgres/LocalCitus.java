package org.citustenancy.embedded.internal.postgres;

import java.nio.file.FileSystems;
import java.util.List;
import org.citustenancy.embedded.internal.fleet.Provider;

/** Provides servers of a PostgreSQL installation of this machine that contains Citus. */
public final class LocalCitus implements Provider {

    @Override
    public Found find() throws UnavailableException, InterruptedException {
        requirePosix();
        List<PostgresInstallation> installations = PostgresInstallations.all();
        if (installations.isEmpty()) {
            throw new UnavailableException(
                    "no PostgreSQL server is installed (looked at PATH, pg_config and" + " /usr/lib/postgresql)");
        }
        return installations.stream()
                .filter(installation -> installation.citus().isPresent())
                .findFirst()
                .<Found>map(InstalledPostgres::new)
                .orElseThrow(() -> new UnavailableException(String.join(
                        ", ",
                        installations.stream()
                                .map(PostgresInstallation::description)
                                .toList())));
    }

    /** Servers are started, and stopped at the end of this JVM, by means that Windows does not have. */
    static void requirePosix() throws UnavailableException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
            throw new UnavailableException("servers of this machine are supported on Linux and macOS only; use Docker");
        }
    }
}
