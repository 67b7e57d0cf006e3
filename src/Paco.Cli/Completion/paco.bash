# bash completion for paco: source <(paco completion bash)

_paco() {
  local rest=${COMP_LINE:0:COMP_POINT} words=() i word typed prefix line
  # What bash takes apart at = and : is one word for paco, as it was typed.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${rest#"${rest%%[![:space:]]*}"}
    if ((i < COMP_CWORD)); then typed=${COMP_WORDS[i]}; else typed=$word; fi
    if ((i == 0)) || [ "$word" != "$rest" ]; then words+=("$typed"); else words[${#words[@]} - 1]+=$typed; fi
    rest=${word#"$typed"}
  done
  # What stands before the part that bash replaces.
  [[ $typed == *[!=:]* ]] || typed=
  prefix=${words[${#words[@]} - 1]%"$typed"}
  # Without quotes; a word that would run something stays as it is.
  for i in "${!words[@]}"; do
    word=${words[i]}
    case $word in
      *['$`()<>;&|']* | *$'\n'*) ;;
      *[\'\"\\]*) eval "words[i]=$word" 2>/dev/null || eval "words[i]=$word\"" 2>/dev/null || eval "words[i]=$word'" 2>/dev/null ;;
      \~/*) words[i]=$HOME/${word#\~/} ;;
    esac
  done
  type -P "${words[0]}" >/dev/null || words[0]=paco
  COMPREPLY=()
  while IFS= read -r line; do
    word=${line%%$'\t'*}
    case $line in
      $'\t'files) compopt -o default ;;
      $'\t'directories) compopt -o dirnames ;;
      *[.=:/]$'\t'*) compopt -o nospace; COMPREPLY+=("${word#"$prefix"}") ;;
      *) COMPREPLY+=("${word#"$prefix"}") ;;
    esac
  done < <("${words[0]}" complete -- "${words[@]}" 2>/dev/null </dev/null)
}

complete -F _paco paco
