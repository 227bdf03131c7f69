# Completes extenddb in fish. For this shell:  extenddb completion fish | source
# For all: extenddb completion fish > ~/.config/fish/completions/extenddb.fish

function __extenddb_complete
    # What follows the program's name, up to the cursor.
    set -l line (commandline --current-process --cut-at-cursor | string replace --regex '^\s*\S+\s?' '')
    # The one-letter names of --help only get in the way.
    set -l found (extenddb "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match --regex '...+')
    if test (count $found) -gt 0
        string join \n -- $found
    else
        # Where the program knows nothing, the value may be a file.
        __fish_complete_path (commandline --current-token --cut-at-cursor)
    end
end

complete --command extenddb --no-files --arguments '(__extenddb_complete)'
