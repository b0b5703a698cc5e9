# Completions for fish: what may follow is asked of the tool itself.
function __pressings_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    # A file may stand behind "--name=" and "mirror:", which fish wants back with it.
    set -l before (string match -r '^(?:--[^=]*=)?(?:(?:file|mirror|sqlite):)?' -- "$current")
    set -l path (string sub -s (math (string length -- "$before") + 1) -- "$current")
    for line in ($words[1] --complete $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case ':files*'
                printf "$before%s\n" (__fish_complete_path "$path")
            case ':folders*'
                printf "$before%s\n" (__fish_complete_directories "$path" '')
            case '*'
                echo $line
        end
    end
end
for tool in album-import release-worker release-catalog musicbrainz-mirror
    complete -c $tool -f -a '(__pressings_complete)'
end
