"""Environment leaks of C and C++ targets: one action for each source, then one that links them.

    load("@envleak_rules//:defs.bzl", "envleak_facts")

    envleak_facts(
        name = "facts",
        deps = [":server"],
    )
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "CPP_COMPILE_ACTION_NAME", "C_COMPILE_ACTION_NAME")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

EnvleakInfo = provider(
    doc = "Summaries of a target's sources and of all it depends on.",
    fields = {"summaries": "depset of files"},
)

_C_SOURCES = ["c"]
_CXX_SOURCES = ["cc", "cpp", "cxx", "c++", "C", "cp"]

def _files(ctx, attribute):
    return [file for target in getattr(ctx.rule.attr, attribute, []) for file in target.files.to_list()]

def _summarize(target, ctx, source, toolchain, features):
    context = target[CcInfo].compilation_context
    cpp = ctx.fragments.cpp
    is_c = source.extension in _C_SOURCES
    action = C_COMPILE_ACTION_NAME if is_c else CPP_COMPILE_ACTION_NAME
    flags = cpp.copts + (cpp.conlyopts if is_c else cpp.cxxopts)
    flags = flags + [ctx.expand_make_variables("copts", flag, {}) for flag in getattr(ctx.rule.attr, "copts", [])]
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        source_file = source.path,
        user_compile_flags = flags,
        include_directories = context.includes,
        quote_include_directories = context.quote_includes,
        system_include_directories = context.system_includes,
        preprocessor_defines = depset(transitive = [context.defines, context.local_defines]),
    )
    command = [cc_common.get_tool_for_action(feature_configuration = features, action_name = action)]
    command += cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = action,
        variables = variables,
    )
    if source.path not in command:
        command += ["-c", source.path]
    summary = ctx.actions.declare_file("_envleak/{}/{}.summary".format(ctx.label.name, source.basename))
    headers = [file for attribute in ["srcs", "hdrs", "textual_hdrs"] for file in _files(ctx, attribute)]
    ctx.actions.run(
        mnemonic = "EnvleakSummarize",
        progress_message = "Analysing the environment of spawns in %s" % source.short_path,
        executable = ctx.executable._envleak,
        tools = ctx.files._envleak_data,
        inputs = depset([source] + headers, transitive = [context.headers, toolchain.all_files]),
        outputs = [summary],
        arguments = ["summarize", "--relative-to", ".", "-o", summary.path, "--"] + command,
    )
    return summary

def _aspect_impl(target, ctx):
    summaries = []
    if CcInfo in target and hasattr(ctx.rule.attr, "srcs"):
        toolchain = find_cpp_toolchain(ctx)
        features = cc_common.configure_features(
            ctx = ctx,
            cc_toolchain = toolchain,
            requested_features = ctx.features,
            unsupported_features = ctx.disabled_features,
        )
        for source in _files(ctx, "srcs"):
            if source.extension in _C_SOURCES + _CXX_SOURCES:
                summaries.append(_summarize(target, ctx, source, toolchain, features))
    below = [
        dependency[EnvleakInfo].summaries
        for dependency in getattr(ctx.rule.attr, "deps", [])
        if EnvleakInfo in dependency
    ]
    all = depset(summaries, transitive = below)
    return [EnvleakInfo(summaries = all), OutputGroupInfo(envleak_summaries = all)]

_TOOL = {
    "_envleak": attr.label(
        default = "@envleak//:bin/envleak",
        executable = True,
        allow_single_file = True,
        cfg = "exec",
    ),
    "_envleak_data": attr.label(default = "@envleak//:data", cfg = "exec"),
}

envleak_aspect = aspect(
    implementation = _aspect_impl,
    doc = "Makes a summary of each C and C++ source of a target and its deps.",
    attr_aspects = ["deps"],
    attrs = dict(_TOOL, _cc_toolchain = attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain")),
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)

def _facts_impl(ctx):
    summaries = depset(transitive = [dependency[EnvleakInfo].summaries for dependency in ctx.attr.deps])
    facts = ctx.actions.declare_file(ctx.label.name + ".json")
    arguments = ctx.actions.args()
    arguments.add_all(["link", "--root", ctx.attr.root, "--fail-on", "never", "--format", "json", "-o", facts.path])

    # The facts are complete or say themselves what is lost: exit status 3 is not an error of the build.
    names = ctx.actions.args()
    names.add_all(summaries)
    names.set_param_file_format("multiline")
    names.use_param_file("@%s", use_always = True)
    ctx.actions.run_shell(
        mnemonic = "EnvleakLink",
        progress_message = "Linking environment summaries of %s" % ctx.label,
        tools = [ctx.executable._envleak] + ctx.files._envleak_data,
        inputs = summaries,
        outputs = [facts],
        command = "\"$0\" \"$@\" || [ $? -eq 3 ]".replace("$0", ctx.executable._envleak.path),
        arguments = [arguments, names],
    )
    return [DefaultInfo(files = depset([facts]))]

envleak_facts = rule(
    implementation = _facts_impl,
    doc = "Static facts of the program that `deps` make together, as 'envleak check --static' reads them.",
    attrs = dict(
        _TOOL,
        deps = attr.label_list(aspects = [envleak_aspect], providers = [CcInfo]),
        root = attr.string(default = ".", doc = "The project root that the facts name: where their paths start."),
    ),
)
