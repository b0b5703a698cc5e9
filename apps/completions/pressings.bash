# Completions for bash: what may follow is asked of the tool itself.
_pressings() {
  local i line word words=() seen
  COMPREPLY=()
  # bash takes "--name=value" and "mirror:FILE" for three words; the tool, for one.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((i > 1)) && [[ $word == [:=]* || ${COMP_WORDS[i - 1]} == [:=] ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  seen=${words[-1]%"$2"}
  while IFS=$'\t' read -r word _; do
    case $word in
      :files) compopt -o default; COMPREPLY=() ;;
      :folders) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
      ?*) COMPREPLY+=("${word#"$seen"}") ;;
    esac
  done < <("$1" --complete "${words[@]}" 2>/dev/null)
}
complete -F _pressings album-import release-worker release-catalog musicbrainz-mirror
