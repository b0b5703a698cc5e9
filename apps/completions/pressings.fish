# Completions for fish: what may follow is asked of the tool itself.
function __pressings_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] --complete $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case ':files*'
                __fish_complete_path "$current"
            case ':folders*'
                __fish_complete_directories "$current" ''
            case '*'
                echo $line
        end
    end
end
for tool in album-import release-worker release-catalog musicbrainz-mirror
    complete -c $tool -f -a '(__pressings_complete)'
end
