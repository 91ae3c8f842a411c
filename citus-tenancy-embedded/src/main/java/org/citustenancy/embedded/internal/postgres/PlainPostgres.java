package org.citustenancy.embedded.internal.postgres;

import java.io.IOException;
import java.nio.file.Path;
import org.citustenancy.embedded.internal.archive.CacheDirectory;
import org.citustenancy.embedded.internal.archive.PostgresArchive;
import org.citustenancy.embedded.internal.fleet.Provider;

/** Provides servers of PostgreSQL from Maven artifacts, which need no installation and have no Citus. */
public final class PlainPostgres implements Provider {

    @Override
    public Found find() throws UnavailableException, InterruptedException {
        LocalCitus.requirePosix();
        try {
            Path home = PostgresArchive.fromClassPath().unpackUnder(CacheDirectory.ofThisUser());
            return PostgresInstallation.in(home.resolve("bin"))
                    .<Found>map(InstalledPostgres::new)
                    .orElseThrow(() -> new UnavailableException("the programs in " + home
                            + " do not run on this machine; if they are damaged, remove that directory"));
        } catch (IOException failure) {
            throw new UnavailableException(String.valueOf(failure.getMessage()), failure);
        }
    }
}
