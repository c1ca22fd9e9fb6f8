<?php

namespace App;

use Dotenv\Dotenv;
use Symfony\Component\Process\Process;

/** The shop has a worker with a database of its own, which it fills with reports. */
class Worker
{
    private const REBUILD = ['php', 'artisan', 'migrate:fresh', '--env=worker'];

    /** As it was on the day of the outage. */
    public static function rebuild(): string
    {
        $process = new Process(self::REBUILD, self::folder());

        return $process->mustRun()->getOutput();
    }

    /** As it was mended: false takes a variable from what the child inherits. */
    public static function rebuildWithoutOurs(): string
    {
        $process = new Process(self::REBUILD, self::folder(), array_fill_keys(self::ownNames(), false));

        return $process->mustRun()->getOutput();
    }

    /** The child gets PATH and nothing else. */
    public static function rebuildWithNothing(): string
    {
        $process = new Process(['env', '-i', 'PATH='.getenv('PATH'), ...self::REBUILD], self::folder());

        return $process->mustRun()->getOutput();
    }

    /** What was forgotten when it was mended. */
    public static function cacheConfiguration(): string
    {
        $process = new Process(['php', 'artisan', 'config:cache', '--env=worker'], self::folder());

        return $process->mustRun()->getOutput();
    }

    private static function folder(): string
    {
        return dirname(base_path()).'/worker';
    }

    /** The names that the shop's .env gives, and so the shop to its children. */
    private static function ownNames(): array
    {
        $file = base_path('.env');

        return is_file($file) ? array_keys(Dotenv::parse(file_get_contents($file))) : [];
    }
}
