# Read by the shell that complete.zsh starts.
PS1='% '
path=($EXTENDDB_FOLDER $path)
autoload -Uz compinit
compinit -D -u
source <(extenddb completion zsh)
print ready
