# Completes extenddb in bash. For this shell:  source <(extenddb completion bash)
# For all: extenddb completion bash > ~/.local/share/bash-completion/completions/extenddb

_extenddb() {
    # What follows the program's name, up to the cursor.
    local line=${COMP_LINE:0:COMP_POINT} word
    line=${line#*"$1" }
    COMPREPLY=()
    while IFS= read -r word; do
        # The one-letter names of --help only get in the way.
        if [[ $word == "$2"* && ${#word} -gt 2 ]]; then
            COMPREPLY+=("$word")
        fi
    done < <("$1" "[suggest:${#line}]" "$line" 2>/dev/null)
}

# Where the program knows nothing, the value may be a file.
complete -o bashdefault -o default -F _extenddb extenddb
