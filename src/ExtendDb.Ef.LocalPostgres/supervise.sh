# Stands between a PostgreSQL server and the process that owns it, as the user of the server, so that the server ends
# with its last owner, also with one that is killed: the system then closes the owner's end of the standard input.
#
# Arguments: the folder of PostgreSQL's programs, the server's folder, "keep" or "delete" for that folder at the end,
#            and the seconds a start may take.
# Input:     one command a line: start <options of postgres>, or stop.
# Output:    "registered" once, then one line a command: done, failed, or busy (others use the server, so it runs on).

# The owner decides when to end, not the terminal or the session they share. PIPE: nobody may be left to read an answer.
trap '' INT HUP QUIT TERM PIPE
umask 077

bin=$1 folder=$2 ending=$3 seconds=$4
clients=$folder/clients
leaving=$folder/leaving

# Is there another live process with a file in the folder $1? The files are named by process number.
others_in() {
    for file in "$1"/*; do
        process=${file##*/}
        if [ ! -e "$file" ] || [ "$process" = "$$" ]; then continue; fi
        if supervises "$process"; then return 0; fi
        rm -f -- "$file"
    done
    return 1
}

# Is the process $1 one like this, of the same server? A number alone may belong to something else by now.
supervises() {
    kill -0 "$1" 2>/dev/null || return 1
    if [ -r "/proc/$1/cmdline" ]; then
        tr '\0' ' ' <"/proc/$1/cmdline" | grep -qF -- "$folder"
    else
        ps -ww -o args= -p "$1" | grep -qF -- "$folder"
    fi
}

# pg_ctl puts the names of data and log into a shell command without escaping them. From here they are plain ones.
cd "$folder" || exit 1

# Whoever comes registers first and then waits for those who are leaving; whoever leaves says so first and then looks
# for those who have registered. So at least one of two sees the other, and no server is stopped under its user.
mkdir -p "$clients" "$leaving"
: >"$clients/$$"
while others_in "$leaving"; do sleep 0.05; done
echo registered

while read -r command options; do
    answer=failed
    case $command in
    start)
        "$bin/pg_ctl" start -w -s -t "$seconds" -D data -l server.log -o "$options" >&2 && answer=done
        ;;
    stop)
        if others_in "$clients"; then
            answer=busy
        else
            "$bin/pg_ctl" stop -w -s -m immediate -D data >&2 && answer=done
        fi
        ;;
    esac
    echo "$answer"
done

exec >/dev/null 2>&1
: >"$leaving/$$"
rm -f -- "$clients/$$"
if ! others_in "$clients"; then
    if [ "$ending" = delete ]; then
        "$bin/pg_ctl" stop -w -s -m immediate -D data
        rm -rf -- "$folder"
    else
        "$bin/pg_ctl" stop -w -s -m fast -D data || "$bin/pg_ctl" stop -w -s -m immediate -D data
    fi
fi
rm -f -- "$leaving/$$"
