#compdef paco
# zsh completion for paco: source <(paco completion zsh), or this as the file _paco in a folder of $fpath

_paco() {
  local line what program typed=${(Q)PREFIX} before=
  local -a answer whole open
  program=${(Q)words[1]/#\~\//$HOME/}
  (( $+commands[$program] )) || [[ -x $program ]] || program=paco
  answer=("${(@f)$("$program" complete -- "${(@Q)words[1,CURRENT-1]}" "$typed" 2>/dev/null </dev/null)}")
  # Of an option's value, the value; of a path, its last name.
  if [[ $typed == -*=* ]]; then before=${typed%%=*}=; compset -P '[^=]##='; fi
  case $answer[1] in
    ($'\t'files) _files; return ;;
    ($'\t'directories) _files -/; return ;;
  esac
  if [[ -z $before && $typed == *.* ]]; then before=${typed%.*}.; compset -P '*.'; fi
  for line in $answer; do
    typed=${${line%%$'\t'*}#$before} what=${line#*$'\t'}
    [[ -n $typed ]] || continue
    case $typed in
      (*[.=:/]) open+=("${typed//:/\\:}${what:+:$what}") ;;
      (*) whole+=("${typed//:/\\:}${what:+:$what}") ;;
    esac
  done
  _describe -t words paco whole -M 'm:{[:lower:]}={[:upper:]}' -- open -S ''
}

if [[ $funcstack[1] == _paco ]]; then _paco "$@"; else compdef _paco paco; fi
