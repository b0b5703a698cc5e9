# The peer of a drain: Sidekiq, with a job an album that asks a mirror for the album's releases, parses
# the answer and writes the rows by ruby-sqlite3 in one transaction, as a Rails callback's job does
# (but with no more than one request a page, and without ActiveRecord). Starting, and putting the jobs
# into Redis, is not in its time.
#   ruby sidekiq_import.rb MUSICBRAINZ_MIRROR MIRROR DATABASE JOBS     prints the jobs a second
require 'json'
require 'net/http'
require 'sidekiq'
require 'sqlite3'
require 'tmpdir'

# What MusicBrainz says of a group's releases.
class Source
  INC = 'release-groups+labels+media+recordings+artist-credits+isrcs+discids+url-rels+release-rels+aliases'.freeze

  def initialize
    @root = URI(ENV.fetch('BENCH_ROOT'))
    @http = Net::HTTP.start(@root.host, @root.port)
  end

  def group(mbid)
    get("/release-group/#{mbid}?inc=artist-credits&fmt=json")
  end

  def releases(mbid)
    found = []
    loop do
      page = get("/release?release-group=#{mbid}&limit=100&offset=#{found.length}&inc=#{INC}&fmt=json")
      found.concat(page['releases'])
      return found if found.length >= page['release-count'] || page['releases'].empty?
    end
  end

  private

  def get(path)
    JSON.parse(@http.get(@root.path + path).body)
  end
end

# Finds or creates rows, and writes those of an album.
class Catalogue
  FORMATS = { 'Vinyl' => 'vinyl', 'CD' => 'cd', 'Digital' => 'digital', 'Cassette' => 'cassette' }.freeze

  def initialize
    @database = SQLite3::Database.new(ENV.fetch('BENCH_DATABASE'))
    @database.busy_timeout = 60_000
    @database.execute('PRAGMA synchronous = FULL')
    @database.execute('PRAGMA foreign_keys = ON')
    @statements = {}
  end

  def transaction(&block)
    @database.transaction(:immediate, &block)
  end

  def mbid_of(album_id)
    bytes = run('SELECT mbid FROM albums WHERE id = ?', album_id).first.first
    hex = bytes.unpack1('H*')
    [hex[0, 8], hex[8, 4], hex[12, 4], hex[16, 4], hex[20, 12]].join('-')
  end

  def write_album(id, group, releases)
    run('UPDATE albums SET title = ?, artist_credit_id = ?, first_release_date = ?, primary_type = ?, ' \
        'imported_at = 1 WHERE id = ?', group['title'], credit(group['artist-credit']),
        text(group['first-release-date']), group['primary-type'], id)
    (group['secondary-types'] || []).each_with_index do |type, position|
      run('INSERT INTO album_secondary_types VALUES (?, ?, ?)', id, position, type)
    end
    releases.each { |release| write_release(id, release) }
    run("UPDATE jobs SET state = 'done', finished_at = 1 WHERE album_id = ?", id)
  end

  private

  def run(sql, *values)
    statement = @statements[sql] ||= @database.prepare(sql)
    statement.execute(*values).to_a
  end

  def insert(sql, *values)
    run(sql, *values)
    @database.last_insert_row_id
  end

  def bytes(mbid)
    mbid && SQLite3::Blob.new([mbid.delete('-')].pack('H*'))
  end

  def text(value)
    value.nil? || value.empty? ? nil : value
  end

  def artist(json)
    found = run('SELECT id FROM artists WHERE mbid = ?', bytes(json['id'])).first
    return found.first if found

    insert('INSERT INTO artists (mbid, name, sort_name, disambiguation, type, country) ' \
           'VALUES (?, ?, ?, ?, ?, ?)', bytes(json['id']), json['name'], json['sort-name'],
           text(json['disambiguation']), json['type'], json['country'])
  end

  def credit(json)
    identity = SQLite3::Blob.new(format('%010x', artist(json.first['artist'])) +
                                 json.map { |c| "#{c['artist']['id']}:#{c['name']}:#{c['joinphrase']}" }.join)
    found = run('SELECT id FROM artist_credits WHERE identity = ?', identity).first
    return found.first if found

    id = insert('INSERT INTO artist_credits (identity, text) VALUES (?, ?)', identity,
                json.map { |c| c['name'] + c['joinphrase'] }.join)
    json.each_with_index do |credited, position|
      run('INSERT INTO artist_credit_names VALUES (?, ?, ?, ?, ?)', id, position,
          artist(credited['artist']), credited['name'], credited['joinphrase'])
    end
    id
  end

  def label(json)
    found = run('SELECT id FROM labels WHERE mbid = ?', bytes(json['id'])).first
    return found.first if found

    insert('INSERT INTO labels (mbid, name, sort_name, type, label_code) VALUES (?, ?, ?, ?, ?)',
           bytes(json['id']), json['name'], json['sort-name'], json['type'], json['label-code'])
  end

  def write_release(album_id, json)
    words = json['text-representation'] || {}
    id = insert('INSERT INTO releases (mbid, album_id, title, artist_credit_id, format, status, ' \
                'packaging, quality, disambiguation, language, script, barcode, asin, date, country, ' \
                'created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1)',
                bytes(json['id']), album_id, json['title'], credit(json['artist-credit']),
                plain_format(json), json['status'], json['packaging'], json['quality'],
                text(json['disambiguation']), words['language'], words['script'], json['barcode'],
                json['asin'], text(json['date']), json['country'])
    write_events(id, json['release-events'] || [])
    write_labels(id, json['label-info'] || [])
    write_urls(id, json['relations'] || [])
    (json['media'] || []).each { |medium| write_medium(id, medium) }
  end

  def plain_format(json)
    FORMATS.each { |word, name| return name if (json['media'] || []).any? { |m| m['format'].to_s.include?(word) } }
    'other'
  end

  def write_events(release, events)
    events.each_with_index do |event, position|
      area = event['area'] || {}
      run('INSERT INTO release_events VALUES (?, ?, ?, ?, ?, ?)', release, position,
          text(event['date']), (area['iso-3166-1-codes'] || []).first, bytes(area['id']), area['name'])
    end
  end

  def write_labels(release, infos)
    infos.each_with_index do |info, position|
      run('INSERT INTO label_info VALUES (?, ?, ?, ?)', release, position,
          info['label'] && label(info['label']), text(info['catalog-number']))
    end
  end

  def write_urls(release, relations)
    relations.select { |relation| relation['url'] }.each_with_index do |relation, position|
      run('INSERT INTO release_urls (release_id, position, type, url, ended) VALUES (?, ?, ?, ?, ?)',
          release, position, relation['type'], relation['url']['resource'], relation['ended'] ? 1 : 0)
    end
  end

  def write_medium(release, json)
    run('INSERT INTO media (release_id, position, mbid, format, title, track_count, has_tracks) ' \
        'VALUES (?, ?, ?, ?, ?, ?, 1)', release, json['position'], bytes(json['id']),
        json['format'], text(json['title']), json['track-count'])
    (json['discs'] || []).each_with_index do |disc, position|
      run('INSERT INTO discs VALUES (?, ?, ?, ?, ?, ?, ?)', release, json['position'], position,
          disc['id'], disc['sectors'], disc['offset-count'], disc['offsets'].join(' '))
    end
    write_tracks(release, json['position'], [json['pregap']].compact, 'pregap')
    write_tracks(release, json['position'], json['tracks'] || [], 'track')
    write_tracks(release, json['position'], json['data-tracks'] || [], 'data')
  end

  def write_tracks(release, medium, tracks, kind)
    tracks.each do |track|
      heard = track['recording']
      own_title = heard['title'] == track['title'] ? nil : heard['title']
      run('INSERT INTO tracks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', release, medium,
          track['position'], kind, track['number'], track['title'], bytes(track['id']), track['length'],
          credit(track['artist-credit']), bytes(heard['id']), own_title, credit(heard['artist-credit']),
          heard['length'], heard['video'] ? 1 : 0, text(heard['disambiguation']),
          text(heard['first-release-date']), text((heard['isrcs'] || []).uniq.sort.join(' ')))
    end
  end
end

# One job is the import of one album.
class ImportReleases
  include Sidekiq::Worker
  sidekiq_options retry: false
  WRITERS = Mutex.new

  def perform(album_id)
    source = Thread.current[:bench_source] ||= Source.new
    catalogue = Thread.current[:bench_catalogue] ||= Catalogue.new
    mbid = catalogue.mbid_of(album_id)
    group = source.group(mbid)
    releases = source.releases(mbid)
    WRITERS.synchronize do
      catalogue.transaction { catalogue.write_album(album_id, group, releases) }
    end
  end
end

# Starts Redis and Sidekiq, and watches the jobs get done.
class Bench
  def initialize(tool, mirror, database, jobs)
    @tool = tool
    @mirror = mirror
    @database = ENV['BENCH_DATABASE'] = database
    @jobs = Integer(jobs)
    @folder = Dir.mktmpdir
  end

  def run
    redis = start_redis
    mirror = start_mirror
    push_jobs
    sidekiq = Process.spawn('sidekiq', '-r', File.expand_path(__FILE__), '-c', '5',
                            %i[out err] => "#{@folder}/sidekiq.log")
    puts format('%.1f', jobs_a_second(sidekiq))
  ensure
    [sidekiq, mirror, redis].compact.each { |process| stop(process) }
    FileUtils.remove_entry(@folder)
  end

  private

  def start_redis
    socket = "#{@folder}/redis"
    process = Process.spawn('redis-server', '--port', '0', '--unixsocket', socket, '--save', '',
                            '--dir', @folder, out: File::NULL)
    sleep 0.05 until File.exist?(socket)
    ENV['REDIS_URL'] = "unix://#{socket}"
    process
  end

  def start_mirror
    said, write = IO.pipe
    process = Process.spawn(@tool, 'serve', '--json', '--mirror', @mirror, '--listen', '127.0.0.1:0',
                            out: write)
    ENV['BENCH_ROOT'] = JSON.parse(said.gets)['root']
    process
  end

  def push_jobs
    albums = SQLite3::Database.new(@database).execute('SELECT album_id FROM jobs ORDER BY id LIMIT ?',
                                                      [@jobs])
    Sidekiq::Client.push_bulk('class' => 'ImportReleases', 'args' => albums)
  end

  def jobs_a_second(sidekiq)
    watched = SQLite3::Database.new(@database)
    first = nil
    loop do
      done = watched.execute("SELECT count(*) FROM jobs WHERE state = 'done'").first.first
      now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      first ||= [now, done] if done.positive?
      return (done - first[1]) / (now - first[0]) if done == @jobs
      raise "Sidekiq failed: #{log[0, 3000]}" if Process.wait(sidekiq, Process::WNOHANG) || log.include?('WARN: ')

      sleep 0.02
    end
  end

  def log
    File.read("#{@folder}/sidekiq.log")
  end

  def stop(process)
    Process.kill('TERM', process)
    Process.wait(process)
  rescue Errno::ESRCH, Errno::ECHILD
    nil
  end
end

Bench.new(*ARGV).run if $PROGRAM_NAME == __FILE__
