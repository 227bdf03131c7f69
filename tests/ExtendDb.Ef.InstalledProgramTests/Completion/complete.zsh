# Prints what an interactive zsh shows for a line and a tab. $1 the folder of its .zshrc, $2 the folder of extenddb, $3 the line,
# $4 the pattern that ends the wait.
zmodload zsh/zpty
export ZDOTDIR=$1 EXTENDDB_FOLDER=${2%/}
zpty shell zsh -i -d
zpty -r shell shown '*ready*'
zpty -w -n shell "$3"$'\t'
zpty -r shell shown "$4"
print -r -- $shown
zpty -d shell
