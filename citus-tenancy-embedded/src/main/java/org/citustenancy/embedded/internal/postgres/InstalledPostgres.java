package org.citustenancy.embedded.internal.postgres;

import org.citustenancy.embedded.internal.fleet.Fleet;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.fleet.Provider;
import org.citustenancy.embedded.internal.fleet.ServerException;

/** An available installation that can start servers. */
record InstalledPostgres(PostgresInstallation installation) implements Provider.Found {

    @Override
    public String description() {
        return installation.description();
    }

    @Override
    public boolean hasCitus() {
        return installation.citus().isPresent();
    }

    @Override
    public Fleet open(FleetOptions options) throws ServerException, InterruptedException {
        return LocalFleet.open(installation, options);
    }
}
