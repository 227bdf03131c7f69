# Prints what bash completes. $1 the folder of extenddb, $2 the line up to the cursor.
PATH="${1%/}:$PATH"
source <(extenddb completion bash)

# As readline does: the function that is registered, with the line, the word and the one before it.
completer=$(complete -p extenddb)
[[ $completer =~ -F\ ([^ ]+) ]] || exit 1
COMP_LINE=$2 COMP_POINT=${#2}
"${BASH_REMATCH[1]}" extenddb "${2##* }" ''
printf '%s\n' "${COMPREPLY[@]}"
