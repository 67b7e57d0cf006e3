# fish completion for paco: paco completion fish > ~/.config/fish/completions/paco.fish

function __paco_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l program $words[1]
    type -q $program; or set program paco
    set -l word (string unescape -- $typed)
    test (count $word) -eq 1; or set word $typed
    set -l before (string match -r -- '^-[^=]+=' $typed)
    set -l value (string replace -r -- '^-[^=]+=' '' $typed)
    for line in ($program complete -- $words $word 2>/dev/null </dev/null)
        switch $line
            case \tfiles
                printf "$before%s\n" (__fish_complete_path $value)
            case \tdirectories
                printf "$before%s\n" (__fish_complete_directories $value '')
            case '*'
                printf '%s\n' $line
        end
    end
end

complete -c paco -f -a '(__paco_complete)'
