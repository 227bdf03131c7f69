# Prints what fish completes. $argv[1] the folder of extenddb, $argv[2] the line up to the cursor.
set --prepend PATH (string trim --right --chars / $argv[1])
extenddb completion fish | source
complete --do-complete $argv[2]
