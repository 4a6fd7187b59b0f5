// A Tree-sitter grammar of argmap, made by editors/grammars.py, which puts its tables where TABLES stands.
//
// The pieces of a text follow each other in any order, so the parser knows one rule: a text is any number of pieces. The
// scanner finds them, a line at a time: it reads the line, tries the patterns at each place, and hands out what it found.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

TABLES

// -- patterns --

// Bounds: signs of a line, its pieces, contexts in each other, and what one match may cost.
enum { LONGEST = 2000, MOST = 190, DEEPEST = 8, STEPS = 100000, CALLS = 2000 };

typedef struct {
  const int32_t *text;
  int length, steps, calls, saved[2 * MOST_GROUPS];
} Line;

static bool in_set(int set, int32_t sign) {
  int low = SET_STARTS[set], high = SET_STARTS[set + 1];
  while (low < high) {
    int middle = (low + high) / 2;
    if (sign > SETS[middle][1]) low = middle + 1;
    else high = middle;
  }
  return low < SET_STARTS[set + 1] && sign >= SETS[low][0];
}

static bool is_word(const Line *line, int at) { return at >= 0 && at < line->length && in_set(WORD, line->text[at]); }

static int match(Line *line, int code, int at);

static int match_from(Line *line, int code, int at) {
  for (;;) {
    const int32_t *step = CODE + code;
    if (++line->steps > STEPS) return -1;
    switch (step[0]) {
      case CHAR:
        if (at >= line->length || line->text[at] != step[1]) return -1;
        at++, code += 2;
        break;
      case SET:
        if (at >= line->length || !in_set(step[1], line->text[at])) return -1;
        at++, code += 2;
        break;
      case REPEAT: {
        int most = at;
        while (most < line->length && most - at < step[3] && in_set(step[1], line->text[most])) most++;
        for (; most - at > step[2]; most--) {
          int end = match(line, code + 4, most);
          if (end >= 0) return end;
        }
        if (most - at < step[2]) return -1;
        at = most, code += 4;
        break;
      }
      case SPLIT: {
        int end = match(line, step[1], at);
        if (end >= 0) return end;
        code = step[2];
        break;
      }
      case JUMP: code = step[1]; break;
      case SAVE: {
        int before = line->saved[step[1]];
        line->saved[step[1]] = at;
        int end = match(line, code + 2, at);
        if (end < 0) line->saved[step[1]] = before;
        return end;
      }
      case LINE_START:
        if (at) return -1;
        code++;
        break;
      case LINE_END:
        if (at < line->length) return -1;
        code++;
        break;
      case WORD_EDGE:
        if (is_word(line, at - 1) == is_word(line, at)) return -1;
        code++;
        break;
      case LOOK:
        if ((match(line, code + 3, at) >= 0) == step[1]) return -1;
        code = step[2];
        break;
      default: return at;
    }
  }
}

/// Where a match ends that begins at a place; -1 if there is none.
static int match(Line *line, int code, int at) {
  if (line->calls >= CALLS) return -1;
  line->calls++;
  int end = match_from(line, code, at);
  line->calls--;
  return end;
}

// -- the scanner --

typedef struct {
  int32_t lookahead;
  uint16_t result_symbol;
  void (*advance)(void *, bool);
  void (*mark_end)(void *);
  uint32_t (*get_column)(void *);
  bool (*is_at_included_range_start)(const void *);
  bool (*eof)(const void *);
} Lexer;

/// The contexts that the text is in, and the pieces of this line that are still to be handed out.
typedef struct {
  uint8_t is_begun, depth, contexts[DEEPEST], count;
  uint8_t kinds[MOST];
  uint16_t gaps[MOST], lengths[MOST];
} State;

static void found(State *state, const Line *line, int *last, int kind, int start, int end) {
  int n = state->count;
  bool goes_on = n && state->kinds[n - 1] == kind && *last == start;
  while (!goes_on && start < end && in_set(BLANK, line->text[start])) start++;
  if (!kind || start >= end || (!goes_on && n == MOST)) return;
  if (goes_on) state->lengths[n - 1] += end - start;
  else {
    state->kinds[n] = kind, state->gaps[n] = start - *last, state->lengths[n] = end - start;
    state->count++;
  }
  *last = end;
}

static void split(State *state, Line *line) {
  int at = 0, last = 0;
  for (;;) {
    const Context *context = &CONTEXTS[state->contexts[state->depth - 1]];
    line->steps = 0;
    int end = state->depth > 1 ? match(line, context->end, at) : -1;
    if (end >= 0) {
      found(state, line, &last, context->kind, at, end);
      at = end, state->depth--;
      continue;
    }
    if (at >= line->length) return;
    const Rule *rule = context->rules, *after = rule + context->count;
    for (; rule < after; rule++) {
      line->steps = 0;
      memset(line->saved, 0, sizeof line->saved);
      end = match(line, rule->code, at);
      if (end > at) break;
    }
    if (rule < after) {
      for (int group = 0; group < MOST_GROUPS; group++)
        found(state, line, &last, rule->kinds[group], line->saved[2 * group], line->saved[2 * group + 1]);
      if (rule->after >= 0 && state->depth < DEEPEST) state->contexts[state->depth++] = rule->after;
    } else {
      end = at + 1;
      while (is_word(line, at) && is_word(line, end)) end++;
      found(state, line, &last, context->kind, at, end);
    }
    at = end;
  }
}

void *tree_sitter_argmap_external_scanner_create(void) { return calloc(1, sizeof(State)); }

void tree_sitter_argmap_external_scanner_destroy(void *state) { free(state); }

unsigned tree_sitter_argmap_external_scanner_serialize(void *payload, char *out) {
  State *state = payload;
  unsigned size = 0, head = offsetof(State, kinds), pairs = 2 * state->count;
  memcpy(out, state, head), size += head;
  memcpy(out + size, state->kinds, state->count), size += state->count;
  memcpy(out + size, state->gaps, pairs), size += pairs;
  memcpy(out + size, state->lengths, pairs), size += pairs;
  return size;
}

void tree_sitter_argmap_external_scanner_deserialize(void *payload, const char *in, unsigned size) {
  State *state = payload;
  memset(state, 0, sizeof *state);
  state->depth = 2, state->contexts[0] = LINE, state->contexts[1] = HEADER;
  if (!size) return;
  unsigned head = offsetof(State, kinds);
  memcpy(state, in, head), in += head;
  unsigned pairs = 2 * state->count;
  memcpy(state->kinds, in, state->count), in += state->count;
  memcpy(state->gaps, in, pairs), in += pairs;
  memcpy(state->lengths, in, pairs);
}

bool tree_sitter_argmap_external_scanner_scan(void *payload, Lexer *lexer, const bool *valid) {
  (void)valid;
  State *state = payload;
  if (state->count) {
    for (int n = state->gaps[0]; n && !lexer->eof(lexer); n--) lexer->advance(lexer, true);
    for (int n = state->lengths[0]; n && !lexer->eof(lexer); n--) lexer->advance(lexer, false);
    lexer->mark_end(lexer);
    lexer->result_symbol = state->kinds[0];
    state->count--;
    memmove(state->kinds, state->kinds + 1, state->count);
    memmove(state->gaps, state->gaps + 1, 2 * state->count);
    memmove(state->lengths, state->lengths + 1, 2 * state->count);
    return true;
  }
  if (state->is_begun) {
    while (!lexer->eof(lexer) && lexer->lookahead != '\n') lexer->advance(lexer, true);
    if (!lexer->eof(lexer)) lexer->advance(lexer, true);
  }
  if (lexer->eof(lexer)) return false;
  state->is_begun = true;
  lexer->mark_end(lexer);  // the piece that begins a line has no length
  int32_t text[LONGEST];
  Line line = {.text = text};
  for (; line.length < LONGEST && !lexer->eof(lexer) && lexer->lookahead != '\n'; lexer->advance(lexer, false))
    text[line.length++] = lexer->lookahead;
  if (line.length && text[line.length - 1] == '\r') line.length--;
  split(state, &line);
  lexer->result_symbol = LINE_BEGINS;
  return true;
}

static bool lex(Lexer *lexer, uint16_t state) {
  (void)state;
  while (!lexer->eof(lexer)) lexer->advance(lexer, true);
  lexer->result_symbol = 0;
  lexer->mark_end(lexer);
  return true;
}

// -- the parser: text = { piece } --

typedef union {
  struct { uint8_t type; uint16_t state; bool is_extra, is_repetition; } shift;
  struct { uint8_t type, count; uint16_t symbol; int16_t precedence; uint16_t production; } reduce;
  struct { uint8_t count; bool is_reusable; } entry;
} Action;

enum { SHIFT, REDUCE, ACCEPT, RECOVER };
static const Action ACTIONS[] = {
  {.entry = {0, false}},
  {.entry = {1, false}}, {.shift = {.type = RECOVER}},
  {.entry = {1, true}}, {.reduce = {REDUCE, 0, TEXT, 0, 0}},
  {.entry = {1, true}}, {.shift = {SHIFT, 2, false, false}},
  {.entry = {1, true}}, {.reduce = {REDUCE, 1, PIECES, 0, 0}},
  {.entry = {1, true}}, {.reduce = {REDUCE, 1, TEXT, 0, 0}},
  {.entry = {1, true}}, {.shift = {.type = ACCEPT}},
  {.entry = {1, true}}, {.reduce = {REDUCE, 2, PIECES, 0, 0}},
  {.entry = {2, true}}, {.reduce = {REDUCE, 2, PIECES, 0, 0}}, {.shift = {SHIFT, 2, false, true}},
};

// A row for each state: begun nowhere, at the start, after a piece, after pieces, after the text, after pieces twice.
#define ROW(at_end, at_piece, text, pieces) {at_end, EACH_PIECE(at_piece), text, pieces}
static const uint16_t PARSE_TABLE[6][SYMBOLS] = {
  ROW(1, 1, 0, 0), ROW(3, 5, 4, 3), ROW(7, 7, 0, 0), ROW(9, 5, 0, 5), ROW(11, 0, 0, 0), ROW(13, 15, 0, 5),
};

typedef struct { bool is_visible, is_named, is_supertype; } Metadata;
static const Metadata METADATA[SYMBOLS] = {{false, true, false}, {false, true, false}, NAMED_PIECES, {true, true, false}, {false, false, false}};
static const uint16_t PUBLIC[SYMBOLS] = {NUMBERS};
static const struct { uint16_t lex_state, external_lex_state; } LEX_MODES[6] = {{0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}};
static const bool EXTERNAL_STATES[2][TOKENS] = {{false}, {EACH_PIECE(true)}};
static const uint16_t STATE_IDS[6] = {0, 1, 2, 3, 4, 5};
static const uint16_t NO_ALIASES[1] = {0};

typedef struct {
  uint32_t version, symbol_count, alias_count, token_count, external_token_count, state_count, large_state_count;
  uint32_t production_id_count, field_count;
  uint16_t max_alias_sequence_length;
  const uint16_t *parse_table, *small_parse_table;
  const uint32_t *small_parse_table_map;
  const Action *parse_actions;
  const char *const *symbol_names, *const *field_names;
  const void *field_map_slices, *field_map_entries;
  const Metadata *symbol_metadata;
  const uint16_t *public_symbol_map, *alias_map, *alias_sequences;
  const void *lex_modes;
  bool (*lex_fn)(Lexer *, uint16_t);
  bool (*keyword_lex_fn)(Lexer *, uint16_t);
  uint16_t keyword_capture_token;
  struct {
    const bool *states;
    const uint16_t *symbol_map;
    void *(*create)(void);
    void (*destroy)(void *);
    bool (*scan)(void *, Lexer *, const bool *);
    unsigned (*serialize)(void *, char *);
    void (*deserialize)(void *, const char *, unsigned);
  } external_scanner;
  const uint16_t *primary_state_ids;
} Language;

const Language *tree_sitter_argmap(void) {
  static const Language language = {
    .version = 14, .symbol_count = SYMBOLS, .token_count = SYMBOLS - 2, .external_token_count = TOKENS, .state_count = 6,
    .large_state_count = 6, .production_id_count = 1, .parse_table = &PARSE_TABLE[0][0], .parse_actions = ACTIONS,
    .symbol_names = NAMES, .symbol_metadata = METADATA, .public_symbol_map = PUBLIC, .alias_map = NO_ALIASES,
    .lex_modes = LEX_MODES, .lex_fn = lex,
    .external_scanner = {
      &EXTERNAL_STATES[0][0], PIECE_SYMBOLS, tree_sitter_argmap_external_scanner_create,
      tree_sitter_argmap_external_scanner_destroy, tree_sitter_argmap_external_scanner_scan,
      tree_sitter_argmap_external_scanner_serialize, tree_sitter_argmap_external_scanner_deserialize,
    },
    .primary_state_ids = STATE_IDS,
  };
  return &language;
}
