#compdef extenddb
# Completes extenddb in zsh. For this shell, behind compinit:  source <(extenddb completion zsh)
# For all: extenddb completion zsh > a folder of $fpath/_extenddb

_extenddb() {
    # What follows the program's name, up to the cursor.
    local line="${(j: :)words[2,CURRENT-1]} $PREFIX"
    line="${line# }"
    local -a found
    found=(${(f)"$(${words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)"})
    # The one-letter names of --help only get in the way.
    found=(${found:#[-/]?})
    # Where the program knows nothing, the value may be a file.
    compadd -a found || _files
}

if [[ "${funcstack[1]}" == _extenddb ]]; then
    _extenddb "$@"
else
    compdef _extenddb extenddb
fi
