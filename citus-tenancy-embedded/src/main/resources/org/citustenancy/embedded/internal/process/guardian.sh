# Outlives the JVM that started it, and ends what that JVM has left behind.
#
#   guardian.sh DIRECTORY
#
# Standard input is a pipe that the JVM holds open: it ends when the JVM closes it or dies, however that happens. Then
# every process whose id is in DIRECTORY/pids ends, and DIRECTORY is removed. Exit status 0: nothing is left.

trap '' HUP INT TERM PIPE
directory=$1
gone=$directory.ending

while read -r _; do :; done

# From here on nothing can start any more: what starts must first write its id into a directory that no longer exists.
mv "$directory" "$gone" 2>/dev/null
[ -d "$gone" ] || exit 0

pids=$(cat "$gone"/pids/*.pid 2>/dev/null)

living() {
    for pid in $pids; do
        kill -0 "$pid" 2>/dev/null && return 0
    done
    return 1
}

children() {
    cat "/proc/$1/task/$1/children" 2>/dev/null || pgrep -P "$1" 2>/dev/null
}

# PostgreSQL ends at once on SIGQUIT, and ends its own children; it gives them five seconds. For other programs SIGQUIT
# may be blocked, since JVMs block it and programs inherit that; PostgreSQL ignores a SIGTERM after it.
for pid in $pids; do
    kill -QUIT "$pid" 2>/dev/null
    kill -TERM "$pid" 2>/dev/null
done
rounds=0
while living && [ "$rounds" -lt 140 ]; do
    sleep 0.05
    rounds=$((rounds + 1))
done
for pid in $pids; do
    kill -0 "$pid" 2>/dev/null || continue
    offspring=$(children "$pid")
    kill -KILL "$pid" $offspring 2>/dev/null
done

# A process that is about to end may still create a file while its directory is removed.
rounds=0
while [ -e "$gone" ] && [ "$rounds" -lt 50 ]; do
    rm -rf "$gone" 2>/dev/null || sleep 0.1
    rounds=$((rounds + 1))
done
if [ -e "$gone" ]; then
    echo "cannot remove $gone" >&2
    exit 1
fi
